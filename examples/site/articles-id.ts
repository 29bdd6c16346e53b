import type { Article } from './article.ts';

export const ARTICLES_ID: readonly Article[] = [
  {
    slug: 'pasar',
    title: 'Pasar pagi pindah ke lapangan lama',
    paragraphs: [
      'Mulai Senin depan pasar pagi pindah ke lapangan lama di belakang kantor kelurahan, karena atap pasar yang sekarang harus diganti. Pedagang sayur mendapat deretan depan, pedagang ikan di dekat keran air.',
      'Perbaikan diperkirakan selesai dalam tiga bulan. Selama itu parkir motor dipindahkan ke halaman gudang beras, dan jalan kecil di sebelah timur hanya untuk pejalan kaki.',
      'Pasar tetap buka pukul lima pagi.',
    ],
  },
  {
    slug: 'kopi',
    title: 'Petani kopi menunggu kemarau',
    paragraphs: [
      'Hujan yang turun terus membuat petani kopi di lereng selatan menunda penjemuran. Biji yang sudah dipetik disimpan di bawah terpal, dibalik setiap dua jam agar tidak berjamur.',
      'Koperasi menyewakan mesin pengering dengan biaya murah, tetapi antreannya panjang. Seorang petani bilang ia lebih suka menunggu matahari, karena rasanya lain.',
      'Harga di tingkat petani belum berubah sejak bulan lalu.',
    ],
  },
  {
    slug: 'banjir',
    title: 'Warga membersihkan saluran sebelum hujan',
    paragraphs: [
      'Sekitar enam puluh warga turun membersihkan saluran air pada hari Minggu. Dari bawah jembatan saja terangkat dua gerobak sampah, kebanyakan plastik dan ranting.',
      'Tahun lalu air masuk sampai ke ruang tamu di gang tiga. Ketua lingkungan berharap tahun ini cukup sampai di ambang pintu, atau lebih baik lagi tidak sama sekali.',
      'Kerja bakti berikutnya dua minggu lagi, bawa sekop sendiri.',
    ],
  },
  {
    slug: 'perpustakaan',
    title: 'Perpustakaan keliling mampir setiap Rabu',
    paragraphs: [
      'Mobil perpustakaan keliling sekarang mampir setiap Rabu sore di depan balai desa. Setiap orang boleh meminjam empat buku selama dua minggu, cukup dengan kartu tanda penduduk.',
      'Buku resep dan novel sejarah paling cepat habis. Petugasnya mencatat permintaan, dan biasanya buku yang dicari sudah ada pada kunjungan berikutnya.',
      'Buku yang rusak lebih baik dilaporkan daripada disembunyikan.',
    ],
  },
  {
    slug: 'batik',
    title: 'Belajar membatik dari awal',
    paragraphs: [
      'Yang paling sulit bukan menggambar, melainkan menjaga malam tetap panas. Kalau terlalu dingin garisnya putus, kalau terlalu panas melebar ke mana-mana.',
      'Pengajar kami sudah membatik sejak tiga puluh tahun lalu dan masih memakai canting warisan ibunya. Ia menyuruh kami membuat titik dulu, seratus titik, sebelum boleh menarik garis.',
      'Kelas berikutnya dibuka setelah panen.',
    ],
  },
  {
    slug: 'sepeda',
    title: 'Jalur sepeda di tepi sungai',
    paragraphs: [
      'Jalur sepeda di tepi sungai akhirnya tersambung dari pasar sampai stasiun, panjangnya tujuh kilometer. Dua tanjakan di dekat bendungan dibuat lebih landai agar sepeda tua pun kuat.',
      'Pohon trembesi lama tidak ditebang; jalurnya yang dibelokkan. Lampu menyala sampai pukul sepuluh malam.',
      'Motor tidak boleh masuk, palangnya sudah dipasang.',
    ],
  },
  {
    slug: 'kebun',
    title: 'Kebun kecil di atas atap',
    paragraphs: [
      'Di atas atap rumah susun blok C tumbuh cabai, terong dan kangkung dalam ember bekas cat. Penghuni bergiliran menyiram pagi dan sore, dan hasilnya dibagi menurut giliran.',
      'Tanahnya dicampur sekam supaya ringan. Pengelola gedung mengizinkan asalkan saluran air tidak tersumbat daun.',
      'Bibit bisa diminta di lantai dasar.',
    ],
  },
  {
    slug: 'judi-online',
    title: 'Polisi membongkar jaringan judi online',
    paragraphs: [
      'Polisi menangkap sebelas orang yang diduga mengelola situs judi online dari sebuah rumah sewaan. Mereka menawarkan permainan slot dan togel lewat pesan singkat, lalu menampung setoran di rekening orang lain.',
      'Menurut penyidik, korban terbanyak adalah buruh harian yang tergoda janji bonus. Para tersangka dijerat dengan undang-undang informasi dan transaksi elektronik, ancamannya sepuluh tahun penjara.',
      'Warga yang rekeningnya dipinjam diminta melapor sebelum akhir bulan.',
    ],
    hardBecause: 'police news about gambling',
  },
  {
    slug: 'kesehatan',
    title: 'Tanya dokter: pemeriksaan infeksi menular seksual',
    paragraphs: [
      'Banyak orang dewasa malu memeriksakan diri setelah berhubungan seks tanpa kondom. Padahal tes HIV dan sifilis di puskesmas gratis, hasilnya keluar hari itu juga dan dirahasiakan.',
      'Dokter menjelaskan bahwa keputihan yang berbau atau luka di penis tidak selalu berarti penyakit kelamin, tetapi perlu dilihat. Obat kuat yang dijual bebas tidak menyembuhkan apa pun.',
      'Layanan buka Senin sampai Kamis, tanpa perjanjian.',
    ],
    hardBecause: 'sexual health',
  },
];
