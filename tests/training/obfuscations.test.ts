import { describe, expect, it } from 'vitest';
import { OBFUSCATIONS, traditionalScript, type ObfuscationName } from '../../src/training/obfuscations.ts';
import { createRandom } from '../../src/training/random.ts';

const apply = (name: ObfuscationName, text: string, seed = 1): string => OBFUSCATIONS[name](text, createRandom(seed));

/** One text for each transform, with what must hold of the result. */
const CASES: Record<ObfuscationName, [text: string, expected: RegExp]> = {
  spreadBlanks: ['久久精品', /^久 久 精 品$/],
  spreadWideBlanks: ['久久精品', /^久　久　精　品$/],
  spreadDots: ['buy viagra', /^b\.u\.y v\.i\.a\.g\.r\.a$/],
  spreadMiddleDots: ['久久_精品', /^久·久_精·品$/],
  spreadStars: ['久久_精品', /^久\*久_精\*品$/],
  spreadEmoji: ['久久', /^久(🔥|💋|❤|⭐|✨)久$/u],
  zeroWidth: ['国产精品', /[\u200b-\u200d\u2060\ufeff\u00ad]/],
  bidiMarks: ['国产精品', /[\u200e\u200f\u202a-\u202d\u2066\u2069]/],
  combiningStrokes: ['casino', /^([a-z][\u0332-\u0338]){6}$/],
  lookAlikes: ['casino', /[а-яα-ωѕіϲ]/],
  fullWidth: ['av 91', /^ａｖ ９１$/],
  circled: ['av91', /^ⓐⓥ⑨①$/],
  mathematical: ['porn', /^[\u{1d400}-\u{1d7ff}]{4}$/u],
  leet: ['casino', /[0-9@$!]/],
  decimalReferences: ['久久_1', /^&#20037;&#20037;_&#49;$/],
  hexadecimalReferences: ['久,品', /^&#x4E45;,&#x54C1;$/],
  namedReferences: ['casino', /&(shy|zwn?j);/],
  droppedCharacters: ['国产精品', /^.{3}$/],
  swappedCharacters: ['viagra', /^[viagr]{6}$/],
  variantGlyphs: ['久久日本无码', /[乆玖曰毋旡玛]/],
  splitCharacters: ['无码视频', /石马|礻见|步页/],
  homophones: ['久久精品', /[九酒晶经拼]/],
  pinyinWords: ['国产精品', /guochan|jingpin/],
  pinyinBrackets: ['久,x', /^久\(jiǔ\),x$/],
  onePhraseALine: ['久久_精品 | 无码', /^久久\n精品\n无码$/],
  upperCase: ['free porn', /^FREE PORN$/],
};

describe('obfuscations', () => {
  it.each(Object.entries(CASES))('%s changes %j', (name, [text, expected]) => {
    const changed = apply(name as ObfuscationName, text);
    expect(changed).not.toBe(text);
    expect(changed).toMatch(expected);
  });

  it.each(Object.keys(CASES) as ObfuscationName[])(
    '%s gives the same for the same seed, and takes anything',
    (name) => {
      const text = '国产av 91精品_Online Casino-порно, หนังโป๊';
      expect(apply(name, text, 4)).toBe(apply(name, text, 4));
      expect(apply(name, '')).toBe('');
      expect(apply(name, '~-')).toMatch(/^.{2}$/);
      expect(apply(name, '😀久').isWellFormed()).toBe(true);
    },
  );

  it.each(['zeroWidth', 'lookAlikes', 'leet', 'droppedCharacters', 'swappedCharacters', 'variantGlyphs'] as const)(
    '%s changes a fitting text whatever the seed',
    (name) => {
      const unchanged = Array.from({ length: 200 }, (_, seed) => apply(name, CASES[name][0], seed)).filter(
        (text) => text === CASES[name][0],
      );
      expect(unchanged).toEqual([]);
    },
  );

  it('spread keeps Thai vowels with their consonant, and words apart', () => {
    expect(apply('spreadDots', 'ที่นี่')).toBe('ที่.นี่');
    expect(apply('spreadBlanks', 'buy now')).toBe('b u y   n o w');
  });

  it('look-alikes also turn Cyrillic into Latin', () => {
    expect(apply('lookAlikes', 'казино')).not.toBe('казино');
  });
});

describe('traditionalScript', () => {
  it('maps by the characters that it is given', () => {
    const transform = traditionalScript(
      new Map([
        ['国', '國'],
        ['产', '產'],
      ]),
    );
    expect(transform('国产精品', createRandom(1))).toBe('國產精品');
  });
});
