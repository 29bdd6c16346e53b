import type { FoldedLine } from '../text/fold.ts';
import { unitClass, UNIT_DIGIT, UNIT_OTHER } from '../text/unit.ts';

/**
 * What a name in styled letters with a lucky number weighs, natural-log odds. Of 556,301 honest tuning lines 24 have one, all in comments that their corpus
 * calls honest by mistake; of 5,222 gambling comments a third. Chosen on folds of those; more would crowd the loudest findings with comments.
 */
export const STYLED_WEIGHT = 3;

/** The high surrogate of U+1D400–1D7FF, mathematical letters and digits. */
const MATHEMATICAL = 0xd835;
/** The high surrogate of U+1F130–1F189, letters in squares and circles, and the low ones of these. */
const ENCLOSED = 0xd83c;
const ENCLOSED_FIRST = 0xdd30;
const ENCLOSED_LAST = 0xdd89;

/** Two are a country or a unit. */
const LEAST_LETTERS = 3;
/** Of the number: one is a place in a list, four are a year. */
const LEAST_DIGITS = 2;
const MOST_DIGITS = 3;
/** Marks between letters and digits, one at a time, hide a name no less. */
const MOST_MARKS = 1;
const BLANK = 0x20;

/** Where names in styled letters end that a number of two or three digits stands at, like `𝗥𝗔𝗝𝗔𝟳𝟳`: positions of their last digits. */
export function styledNames(text: string, { units, starts, length }: FoldedLine): readonly number[] {
  const ends: number[] = [];
  let letters = 0;
  for (let k = 0; k < length; k++) {
    const kind = unitClass[units[k]];
    if (kind === UNIT_OTHER) {
      if (units[k] === BLANK) letters = 0;
    } else if (kind !== UNIT_DIGIT) letters = isStyled(text, starts[k]) ? letters + 1 : 0;
    else {
      const { count, last } = numberAt(units, k, length);
      if (letters >= LEAST_LETTERS && count >= LEAST_DIGITS && count <= MOST_DIGITS) ends.push(last);
      letters = 0;
      k = last;
    }
  }
  return ends;
}

/** The digits from `from` on, with single marks between them. */
function numberAt(units: Uint16Array, from: number, length: number): { count: number; last: number } {
  let count = 0;
  let last = from;
  for (let k = from; k < length && k - last <= 1 + MOST_MARKS && units[k] !== BLANK; k++) {
    const kind = unitClass[units[k]];
    if (kind !== UNIT_DIGIT && kind !== UNIT_OTHER) break;
    if (kind === UNIT_OTHER) continue;
    count++;
    last = k;
  }
  return { count, last };
}

function isStyled(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high !== ENCLOSED) return high === MATHEMATICAL;
  const low = text.charCodeAt(at + 1);
  return low >= ENCLOSED_FIRST && low <= ENCLOSED_LAST;
}
