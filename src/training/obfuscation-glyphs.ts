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

/** Characters of keyword spam as their left and right halves, in two characters. */
const SPLIT_ROWS: readonly (readonly [whole: string, halves: string])[] = [
  ['码', '石马'],
  ['精', '米青'],
  ['视', '礻见'],
  ['频', '步页'],
  ['性', '忄生'],
  ['奶', '女乃'],
  ['妇', '女彐'],
  ['骚', '马蚤'],
  ['娱', '女吴'],
  ['赌', '贝者'],
  ['欧', '区欠'],
  ['彩', '采彡'],
  ['洲', '氵州'],
  ['激', '氵敫'],
  ['情', '忄青'],
  ['清', '氵青'],
  ['城', '土成'],
  ['淫', '氵㸒'],
  ['免', '⺈兔'],
  ['费', '弗贝'],
  ['线', '纟戋'],
  ['播', '扌番'],
];

/** Characters of the same sound, tones aside. */
const HOMOPHONE_ROWS = [
  '久九酒',
  '精晶经',
  '品拼',
  '视事式',
  '频拼品',
  '码马妈',
  '无五舞',
  '国果',
  '产惨铲',
  '色瑟涩',
  '性姓幸',
  '情晴',
  '赌堵睹',
  '博伯搏',
  '彩采菜',
  '免勉',
  '费废',
  '成承',
  '人仁',
  '欧鸥',
  '美每',
  '亚压',
];

/** Words of keyword spam by their pinyin without tones. */
const PINYIN_ROWS: readonly (readonly [word: string, pinyin: string])[] = [
  ['国产', 'guochan'],
  ['精品', 'jingpin'],
  ['视频', 'shipin'],
  ['无码', 'wuma'],
  ['成人', 'chengren'],
  ['免费', 'mianfei'],
  ['在线', 'zaixian'],
  ['亚洲', 'yazhou'],
  ['欧美', 'oumei'],
  ['日韩', 'rihan'],
  ['激情', 'jiqing'],
  ['人妻', 'renqi'],
  ['熟女', 'shunv'],
  ['久久', 'jiujiu'],
  ['色情', 'seqing'],
  ['博彩', 'bocai'],
  ['娱乐', 'yule'],
  ['棋牌', 'qipai'],
];

export const SPLIT_CHARACTERS: Glyphs = new Map(SPLIT_ROWS.map(([whole, halves]) => [whole, [halves]]));

export const HOMOPHONES: Glyphs = new Map(
  HOMOPHONE_ROWS.map((row) => {
    const [original, ...others] = row;
    return [original, others] as const;
  }),
);

export const PINYIN_WORDS: ReadonlyMap<string, string> = new Map(PINYIN_ROWS);

/** Readings with tones, as machine-made pages put them in brackets behind characters. */
export const PINYIN_READINGS: Glyphs = new Map([
  ['久', ['jiǔ']],
  ['精', ['jīng']],
  ['品', ['pǐn']],
  ['国', ['guó']],
  ['产', ['chǎn']],
  ['视', ['shì']],
  ['频', ['pín']],
  ['码', ['mǎ']],
  ['无', ['wú']],
  ['人', ['rén']],
  ['成', ['chéng']],
  ['免', ['miǎn']],
  ['费', ['fèi']],
  ['线', ['xiàn']],
  ['欧', ['ōu']],
  ['美', ['měi']],
  ['亚', ['yà']],
  ['洲', ['zhōu']],
  ['色', ['sè']],
  ['日', ['rì']],
  ['韩', ['hán']],
]);

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
