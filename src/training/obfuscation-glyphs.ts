/** Replacements of one character each. */
export type Glyphs = ReadonlyMap<string, readonly string[]>;

/** Characters that look alike: Latin, Cyrillic, Greek and mathematical signs. Any of a row stands for any other. */
const LOOK_ALIKE_ROWS = [
  'aаα',
  'eе',
  'oоο',
  'pр',
  'cсϲ',
  'xх',
  'yу',
  'iіι',
  'sѕ',
  'jј',
  'kкκ',
  'hһ',
  'vνѵⅴ∨',
  'tτт',
  'dԁ',
  'mм',
  'uυ',
  'wԝω',
  'AАΑ',
  'BВΒ',
  'CСϹ',
  'EЕΕ',
  'HНΗ',
  'IІΙ',
  'KКΚ',
  'MМΜ',
  'NΝ',
  'OОΟ',
  'PРΡ',
  'TТΤ',
  'XХΧ',
  'YΥ',
  'ZΖ',
  'VⅤѴ',
  'SЅ',
];

/** Rare or wrong characters in place of one of keyword spam: original first. */
const VARIANT_ROWS = [
  '久乆玖',
  '日曰',
  '无毋旡',
  '码玛',
  '品榀',
  '产産',
  '美羙',
  '人亾',
  '高髙',
  '草艹',
  '片爿',
  '夜亱',
  '成荿',
  '天兲',
  '香馫',
  '国囯囻',
  '淫婬',
  '偷偸',
  '免兔',
  '影景',
  '频濒',
  '看着',
  '载栽',
  '线綫',
  '麻蔴嘛',
  '豆荳',
  '洲州',
  '卡咔',
  '幕暮',
  '色铯',
  '妻凄',
  '虎琥',
  '博愽',
  '赌堵',
  '京亰',
  '冠㓂',
  '乐楽',
  '家傢',
  '彩菜',
  '牌脾',
  '一①',
  '二②',
  '三③',
  '裸躶',
  '费废',
  '清淸',
  '激噭',
  '情凊',
  '狠很',
  '蜜密',
  '堂坣',
  '伊咿',
  '熟孰',
  '欧殴',
  '娱娯',
];

export const LOOK_ALIKES: Glyphs = new Map(
  LOOK_ALIKE_ROWS.flatMap((row) => [...row].map((c) => [c, [...row].filter((other) => other !== c)] as const)),
);

export const VARIANT_GLYPHS: Glyphs = new Map(
  VARIANT_ROWS.map((row) => {
    const [original, ...variants] = row;
    return [original, variants] as const;
  }),
);

export const LEET: Glyphs = new Map([
  ['a', ['4', '@']],
  ['e', ['3']],
  ['g', ['9']],
  ['i', ['1', '!']],
  ['l', ['1', '|']],
  ['o', ['0']],
  ['s', ['5', '$']],
  ['t', ['7', '+']],
]);

export const CIRCLED: Glyphs = new Map([
  ...range('a', 26, 0x24d0),
  ...range('A', 26, 0x24b6),
  ...range('1', 9, 0x2460),
  ['0', ['⓪']],
]);

/** Bold, bold script, bold fraktur, sans-serif and monospace: the alphabets of the block that have no holes. */
export const MATHEMATICAL: readonly Glyphs[] = [
  mathematical(0x1d400, 0x1d7ce),
  mathematical(0x1d4d0, 0x1d7ce),
  mathematical(0x1d56c, 0x1d7ce),
  mathematical(0x1d5a0, 0x1d7e2),
  mathematical(0x1d670, 0x1d7f6),
];

function mathematical(letters: number, digits: number): Glyphs {
  return new Map([...range('A', 26, letters), ...range('a', 26, letters + 26), ...range('0', 10, digits)]);
}

function range(first: string, count: number, target: number): [string, string[]][] {
  const start = first.charCodeAt(0);
  return Array.from({ length: count }, (_, i) => [String.fromCharCode(start + i), [String.fromCodePoint(target + i)]]);
}
