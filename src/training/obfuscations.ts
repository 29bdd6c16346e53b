import {
  CIRCLED,
  HOMOPHONES,
  LEET,
  LOOK_ALIKES,
  MATHEMATICAL,
  PINYIN_READINGS,
  PINYIN_WORDS,
  SPLIT_CHARACTERS,
  VARIANT_GLYPHS,
} from './obfuscation-glyphs.ts';
import type { Random } from './random.ts';

/** Rewrites a text as spam does to slip past filters. A text that has nothing to rewrite comes back as it is. */
export type Obfuscation = (text: string, random: Random) => string;

/** Share of the characters that a partial rewrite touches, at least one: enough to break every n-gram of a phrase. */
const PARTIAL = 0.4;
/** Dropped and swapped characters must leave the text readable: one in eight. */
const SPARSE = 0.125;

const LETTER = /[\p{L}\p{N}]/u;
/** A character with the marks that belong to it, so that Thai and accented text stays whole. */
const CLUSTER = /\P{M}\p{M}*/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

const INVISIBLE = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad'];
const BIDI_MARKS = ['\u200e', '\u200f', '\u202a', '\u202c', '\u202d', '\u2066', '\u2069'];
const NAMED_REFERENCES = ['&shy;', '&zwnj;', '&zwj;'];
const EMOJI = ['🔥', '💋', '❤', '⭐', '✨'];
/** What joins the phrases of a list. */
const SEPARATOR = /[ \t]*[_,|、，丨/·]+[ \t]*/gu;
const STROKES = ['\u0334', '\u0335', '\u0336', '\u0337', '\u0338', '\u0332'];

/** Named transforms. Each returns a changed text wherever it has something to rewrite. */
export const OBFUSCATIONS = {
  spreadBlanks: (text) => spread(text.replace(/ +/g, '   '), ' '),
  spreadWideBlanks: (text) => spread(text, '\u3000'),
  spreadDots: (text) => spread(text, '.'),
  spreadMiddleDots: (text) => spread(text, '·'),
  spreadStars: (text) => spread(text, '*'),
  spreadEmoji: (text, random) => spread(text, random.oneOf(EMOJI)),
  zeroWidth: (text, random) => rewriteSome(text, random, PARTIAL, (c) => c + random.oneOf(INVISIBLE)),
  bidiMarks: (text, random) => rewriteSome(text, random, PARTIAL, (c) => c + random.oneOf(BIDI_MARKS)),
  combiningStrokes: (text, random) => {
    const stroke = random.oneOf(STROKES);
    return rewriteSome(text, random, 1, (c) => c + stroke);
  },
  lookAlikes: (text, random) => replaceSome(text, random, 0.5, LOOK_ALIKES),
  fullWidth: (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  circled: (text, random) => replaceSome(text, random, 1, CIRCLED),
  mathematical: (text, random) => replaceSome(text, random, 1, random.oneOf(MATHEMATICAL)),
  leet: (text, random) => replaceSome(text, random, 0.5, LEET),
  decimalReferences: (text) => rewriteAll(text, (code) => `&#${code};`),
  hexadecimalReferences: (text) => rewriteAll(text, (code) => `&#x${code.toString(16).toUpperCase()};`),
  namedReferences: (text, random) => rewriteSome(text, random, PARTIAL, (c) => c + random.oneOf(NAMED_REFERENCES)),
  droppedCharacters: (text, random) => rewriteSome(text, random, SPARSE, () => ''),
  swappedCharacters: swapSome,
  variantGlyphs: (text, random) => replaceSome(text, random, PARTIAL, VARIANT_GLYPHS),
  splitCharacters: (text, random) => replaceSome(text, random, PARTIAL, SPLIT_CHARACTERS),
  homophones: (text, random) => replaceSome(text, random, PARTIAL, HOMOPHONES),
  pinyinWords: romaniseSome,
  pinyinBrackets: (text) =>
    [...text].map((c) => c + (PINYIN_READINGS.get(c) ?? []).map((reading) => `(${reading})`).join('')).join(''),
  onePhraseALine: (text) => text.replace(SEPARATOR, '\n'),
  upperCase: (text) => text.toUpperCase(),
} as const satisfies Record<string, Obfuscation>;

export type ObfuscationName = keyof typeof OBFUSCATIONS;

/** The transform into traditional script, by a map from simplified to traditional characters. */
export function traditionalScript(map: ReadonlyMap<string, string>): Obfuscation {
  return (text) => [...text].map((c) => map.get(c) ?? c).join('');
}

/** Writes a share of the known words in Latin letters, at least one. */
function romaniseSome(text: string, random: Random): string {
  const words = new RegExp([...PINYIN_WORDS.keys()].join('|'), 'gu');
  const found = [...text.matchAll(words)];
  const chosen = choose([...found.keys()], PARTIAL, random);
  let n = 0;
  return text.replace(words, (word) => (chosen.has(n++) ? (PINYIN_WORDS.get(word) ?? word) : word));
}

function spread(text: string, mark: string): string {
  return text.replace(WORD, (word) => (word.match(CLUSTER) ?? [word]).join(mark));
}

function rewriteAll(text: string, rewrite: (code: number) => string): string {
  return [...text].map((c) => (LETTER.test(c) ? rewrite(c.codePointAt(0) ?? 0) : c)).join('');
}

/** Rewrites a share of the letters and digits, at least one. */
function rewriteSome(text: string, random: Random, share: number, rewrite: (character: string) => string): string {
  const characters = text.match(CLUSTER) ?? [];
  const chosen = choose(
    indicesOf(characters, (c) => LETTER.test(c)),
    share,
    random,
  );
  return characters.map((c, i) => (chosen.has(i) ? rewrite(c) : c)).join('');
}

/** Replaces a share of the characters that the map knows, at least one, each by one of its values. */
function replaceSome(text: string, random: Random, share: number, map: ReadonlyMap<string, readonly string[]>): string {
  const characters = [...text];
  const chosen = choose(
    indicesOf(characters, (c) => map.has(c)),
    share,
    random,
  );
  return characters.map((c, i) => (chosen.has(i) ? random.oneOf(map.get(c) ?? [c]) : c)).join('');
}

/** Swaps a share of neighbouring letters that differ, at least one pair; no letter moves twice. */
function swapSome(text: string, random: Random): string {
  const characters = text.match(CLUSTER) ?? [];
  const differs = (c: string, i: number): boolean => {
    const next = characters[i + 1] ?? '';
    return LETTER.test(c) && LETTER.test(next) && c !== next;
  };
  const chosen = choose(indicesOf(characters, differs), SPARSE, random);
  for (let i = 0; i < characters.length - 1; i++) {
    if (!chosen.has(i)) continue;
    [characters[i], characters[i + 1]] = [characters[i + 1], characters[i]];
    chosen.delete(i + 1);
  }
  return characters.join('');
}

function indicesOf(characters: readonly string[], fits: (character: string, i: number) => boolean): number[] {
  return [...characters.keys()].filter((i) => fits(characters[i], i));
}

function choose(candidates: readonly number[], share: number, random: Random): Set<number> {
  if (candidates.length === 0) return new Set();
  const sure = random.oneOf(candidates);
  return new Set(candidates.filter((i) => i === sure || (share < 1 ? random.next() < share : true)));
}
