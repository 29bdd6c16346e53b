import { describe, expect, it } from 'vitest';
import { loadBaseSieve } from '../../src/node/base-sieve.ts';
import { decodeBytes } from '../../src/node/charset.ts';
import { legacyBytes } from './legacy-bytes.ts';

/** Of 20 to 200 bytes: honest texts, then spam. */
const TEXTS: Readonly<Record<string, { readonly honest: readonly string[]; readonly spam: readonly string[] }>> = {
  gb18030: {
    honest: [
      '图书馆九点开门，周一闭馆。',
      '明天下午两点在二楼会议室讨论新的课程安排，请带上笔记本。',
      '红豆沙的做法：红豆泡一夜，小火煮到软烂，加糖拌匀。',
      '<p>停水通知：周三上午八点到十二点</p>',
      '汉堡包和可乐都不健康，孩子们更喜欢面包和豆浆。',
      '第3章 安装与配置 (v2.1)',
    ],
    spam: [
      '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍',
      '澳门新葡京赌场官网注册送彩金',
      '老虎机平台开户送38元 百家乐在线投注',
      '同城约炮 上门服务 加微信 xx123456',
    ],
  },
  big5: {
    honest: [
      '圖書館九點開門，週一休館。',
      '明天下午兩點在二樓會議室討論新的課程安排，請帶上筆記本。',
      '紅豆湯的做法：紅豆泡一夜，小火煮到軟爛，加糖拌勻。',
      '<p>停水通知：週三上午八點到十二點</p>',
      '公車站牌移到對面，請乘客留意',
      '第3章 安裝與設定 (v2.1)',
    ],
    spam: [
      '國產精品一區_久久午夜無碼_亞洲成人網站_人妻熟女自拍',
      '無碼中文字幕線上看 成人影片免費下載 人妻自拍',
      '澳門新葡京賭場官網註冊送彩金 百家樂線上投注',
      '成人視訊聊天室 情色影片免費看 巨乳人妻',
    ],
  },
  'euc-kr': {
    honest: [
      '도서관은 아홉 시에 문을 엽니다.',
      '내일 오후 두 시에 이층 회의실에서 새 수업 일정을 이야기합니다.',
      '팥죽 끓이는 법: 팥을 하룻밤 불려 약한 불에 삶는다.',
      '<p>수요일 오전 단수 안내</p>',
      '버스 정류장이 길 건너편으로 옮겨졌습니다',
      '제3장 설치와 설정 (v2.1)',
    ],
    spam: [
      '온라인카지노 바카라사이트 먹튀검증 첫충 보너스',
      '토토사이트 추천 안전놀이터 메이저사이트 가입코드',
      '출장안마 출장마사지 후불제 콜걸 업소',
      '한국야동 무료보기 성인방송 벗방 다시보기',
    ],
  },
  shift_jis: {
    honest: [
      '図書館は九時に開きます。',
      '明日の午後二時に二階の会議室で新しい授業の予定を話し合います。',
      'おしるこの作り方：小豆を一晩水につけて弱火で煮る。',
      '<p>水曜日の午前は断水します</p>',
      'バス停は道の向かい側に移りました',
      '第3章 インストールと設定 (v2.1)',
    ],
    spam: [
      '無修正動画 人妻熟女 中出し 素人ハメ撮り 無料視聴',
      'エロ動画無料 巨乳人妻の不倫 アダルトビデオ',
      'オンラインカジノ 入金不要ボーナス バカラ必勝法',
      'スーパーコピー 時計 激安通販 ブランド偽物',
    ],
  },
};

const cases = Object.entries(TEXTS).flatMap(([encoding, { honest, spam }]) =>
  [...honest, ...spam].map((text) => [encoding, text] as const),
);

describe('a short file in a legacy encoding', () => {
  it.each(cases)('is read as %s: %s', (encoding, text) => {
    const bytes = legacyBytes(text, encoding);
    expect(bytes.length).toBeGreaterThanOrEqual(18);
    expect(bytes.length).toBeLessThan(200);
    expect(decodeBytes(bytes, 'a file')).toEqual({ text, encoding });
  });

  it.each(['gb18030', 'big5', 'euc-kr', 'shift_jis'])('that is spam in %s is found', async (encoding) => {
    const [text] = TEXTS[encoding].spam;
    const { verdict } = (await loadBaseSieve()).check({
      text: decodeBytes(legacyBytes(text, encoding), 'a file').text,
    });
    expect(verdict).not.toBe('pass');
  });

  it('is GB18030 with characters that GB 2312 does not have', () => {
    const text = '圖書館九點開門，週一休館。';
    expect(decodeBytes(legacyBytes(text, 'gb18030'), 'a file')).toEqual({ text, encoding: 'gb18030' });
  });

  it('is read as it declares, whatever is likelier', () => {
    const declared = Uint8Array.of(
      ...legacyBytes('<meta charset="gbk">', 'gb18030'),
      ...legacyBytes('図書館は', 'shift_jis'),
    );
    expect(decodeBytes(declared, 'a file').encoding).toBe('gbk');
  });

  it('is GB18030 with a character of four bytes', () => {
    const bytes = Uint8Array.of(...legacyBytes('今天很开心', 'gb18030'), 0x94, 0x39, 0xfc, 0x36);
    expect(decodeBytes(bytes, 'a file')).toEqual({ text: '今天很开心😀', encoding: 'gb18030' });
  });
});
