import type { FoldedLine } from '../text/fold.ts';

/**
 * What a name in disguise with a lucky number weighs, natural-log odds: in styled letters (`𝗥𝗔𝗝𝗔𝟳𝟳`), or spelled letter by letter (`R A J A 77`).
 * Of 556,301 honest tuning lines 25 have one, all but one of them comments that their corpus calls honest by mistake; of 5,222 gambling comments two in
 * five. Chosen on folds of those; more would crowd the loudest findings with comments.
 */
export const STYLED_WEIGHT = 3;

/** Mathematical letters, and letters in squares and circles; selectors of the picture form stand behind some. */
const STYLED = '[\\u{1D400}-\\u{1D7CB}\\u{1F130}-\\u{1F149}\\u{1F150}-\\u{1F169}\\u{1F170}-\\u{1F189}]\\uFE0F?';
const ANY = `(?:[A-Za-z]|${STYLED})\\p{M}*`;
const DIGIT = '[\\p{Nd}①-⑨⓪❶-❾➀-➈➊-➒]\\uFE0F?\\u20E3?\\p{M}*';
/** One mark between letters hides a name no less. */
const MARK = '[^\\p{L}\\p{N}\\s]?';
/** What letters are set apart with, brackets around each among them. Full stops make abbreviations: `U.S.A. 50`. */
const APART = '(?:[ \\-·*_•—|]|[\\])】]\\p{M}*[\\[(【]\\p{M}*)';

/** One digit is a place in a list, four are a year; `between` stands for what may part them. */
const numberWith = (between: string): string => `${DIGIT}(?:${between}${DIGIT}){1,2}(?!${between}${DIGIT})`;

/**
 * Names with their numbers. Two letters are a country or a unit. A number behind a blank is one of its own (`𝗣𝗮𝗿𝘁 𝟭𝟮`) unless the name was cut by
 * blanks too, into pieces of a letter or two. Runs are bounded, so that a line of such letters is read in linear time.
 */
const NAMES = [
  `${STYLED}(?:${MARK}${STYLED}){2,30}${MARK}${numberWith(MARK)}`,
  `(?<![\\p{L}\\p{N}])${ANY}(?:${APART}${ANY}){3,14}${APART}?${numberWith(`${APART}?`)}`,
  `(?:${STYLED}){1,2}(?:${APART}(?:${STYLED}){1,2}){1,9}${APART}?${numberWith(`${APART}?`)}`,
];
/** Read when they are first needed: classes of all of Unicode take a millisecond, which few documents need. */
let expressions: { readonly names: readonly RegExp[]; readonly letter: RegExp } | null = null;
const LEAST_LETTERS = 3;

/** Where names in disguise end, the number included: folded positions, in order. For lines that folding took letters like these or marks between letters out of. */
export function styledNames(text: string, { starts, length }: FoldedLine): readonly number[] {
  const line = text.slice(starts[0], starts[length]);
  const { names, letter } = (expressions ??= readExpressions());
  const ends = new Set<number>();
  for (const name of names) {
    for (const { 0: found, index } of line.matchAll(name)) {
      if ((found.match(letter) ?? []).length < LEAST_LETTERS) continue;
      ends.add(positionOf(starts, length, starts[0] + index + found.length - 1));
    }
  }
  return [...ends].sort((a, b) => a - b);
}

function readExpressions(): NonNullable<typeof expressions> {
  return { names: NAMES.map((name) => new RegExp(name, 'gu')), letter: new RegExp(ANY, 'gu') };
}

/** The folded position of the unit that `at` of the text was folded to. */
function positionOf(starts: Uint32Array, length: number, at: number): number {
  let [low, high] = [0, length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
