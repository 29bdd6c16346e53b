/** How an injection sits in its page. */
export type Placing = 'tail' | 'glued' | 'head' | 'off-screen' | 'table' | 'comment' | 'noscript';

/** A phrase as it stands in the source of a page; where it links, the path on the campaign's host. */
export interface Campaign {
  readonly id: string;
  /** Pages below the root of the site, with the way the list sits in each. */
  readonly pages: readonly (readonly [path: string, placing: Placing])[];
  readonly phrases: readonly string[];
  /** Between two phrases that do not link. */
  readonly separator: string;
  /** Phrases link there; absent where they are bare. Reserved names (RFC 2606): nobody's. */
  readonly host?: string;
}

/** Six lists that have no phrase in common. Each page gets a stretch of its list, so that no two are the same. */
export const CAMPAIGNS: readonly Campaign[] = [
  {
    id: 'tail-list',
    pages: [
      ['zh-hans/gongyuan.html', 'tail'],
      ['zh-hans/jiushu.html', 'tail'],
      ['zh-hans/mianguan.html', 'tail'],
      ['zh-hans/guanniao.html', 'tail'],
    ],
    phrases: [
      '国产精品久久久',
      '亚洲欧美一区二区',
      '人妻熟女中文字幕',
      '久久综合网在线',
      '日韩无码高清视频',
      '成人午夜福利在线',
      '欧美激情影院',
      '亚洲色图自拍偷拍',
      '日本无码专区',
      '国产主播露出',
    ],
    separator: '_',
  },
  {
    id: 'glued-list',
    pages: [
      ['zh-hans/zixingche.html', 'glued'],
      ['zh-hant/chashi.html', 'glued'],
      ['zh-hant/gongche.html', 'glued'],
    ],
    phrases: [
      '色综合天天综合网',
      '丁香五月激情综合',
      '狠狠色狠狠干',
      '伊人大香蕉',
      '黄色毛片免费播放',
      '超碰在线公开',
      '五月婷婷六月丁香',
      '天天日天天射',
    ],
    separator: ',',
  },
  {
    id: 'head-series',
    pages: [
      ['zh-hant/shudian.html', 'head'],
      ['zh-hant/budao.html', 'head'],
      ['zh-hant/taoyi.html', 'head'],
    ],
    phrases: [
      '91麻豆视频',
      '91麻豆在线看',
      '91麻豆网站',
      '91麻豆影院',
      '91麻豆app下载',
      '91麻豆熟妇',
      '91麻豆人妻',
      '91麻豆破解版',
      '91麻豆导航',
    ],
    separator: '-',
  },
  {
    id: 'hidden-casino',
    pages: [
      ['zh-hans/shuibeng.html', 'off-screen'],
      ['zh-hans/index.html', 'off-screen'],
      ['zh-hant/taifeng.html', 'off-screen'],
    ],
    phrases: [
      '澳门新葡京娱乐场官网',
      '真人百家乐在线投注',
      '时时彩平台开户送彩金',
      '北京赛车pk10计划',
      '老虎机注册送58',
      '皇冠体育足球盘口',
      '牛牛棋牌提现',
    ],
    separator: ' ',
    host: 'hg8868.example',
  },
  {
    id: 'table-slots',
    pages: [
      ['id/pasar.html', 'table'],
      ['id/kopi.html', 'table'],
      ['id/perpustakaan.html', 'table'],
      ['id/sepeda.html', 'table'],
    ],
    phrases: [
      'situs slot gacor hari ini',
      'slot deposit pulsa tanpa potongan',
      'judi bola parlay terpercaya',
      'bandar togel online resmi',
      'link alternatif slot maxwin',
      'bonus new member 100 persen slot',
      'agen judi sbobet online',
    ],
    separator: ' ',
    host: 'gacor77.example',
  },
  {
    id: 'unseen-tubes',
    pages: [
      ['en/bridge.html', 'noscript'],
      ['en/bakery.html', 'comment'],
      ['en/rain-gauge.html', 'noscript'],
      ['en/index.html', 'comment'],
    ],
    phrases: [
      'xxx milf porn videos',
      'free hd sex tube',
      'hardcore anal porn',
      'lesbian sex cams live',
      'hot milf webcam',
      'uncensored jav porn',
      'naked pornstars gallery',
      'amateur blowjob videos',
    ],
    separator: ', ',
  },
];
