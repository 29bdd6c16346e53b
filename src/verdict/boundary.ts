import { unitClass, UNIT_DIGIT, UNIT_OTHER, UNIT_SPACED, UNIT_UNSPACED } from '../text/unit.ts';

/**
 * What it costs, in natural-log odds, to go from legit to injected text or back between two folded units: an injection
 * starts and ends at a line break as a matter of course, at a sentence end often, at a blank or another mark seldom, inside a
 * word hardly ever. Swept one by one on 6,000 documents of tuning lines (sentence end .5 to 2, blank 1 to 3, mark 2 to 5, word
 * 4 to 6, script 2 to 6, inside 6 to 9).
 */
export const COST_EDGE = 0;
export const COST_SENTENCE = 1;
export const COST_BLANK = 3;
export const COST_MARK = 4;
/** A blank between spaced words is no boundary of its own: every word has one. */
export const COST_WORD = 6;
/** Between Han and Latin letters or digits. */
export const COST_SCRIPT = 5;
export const COST_INSIDE = 8;
/** Between two phrases of one list. */
export const COST_LIST = 8;

const BLANK = 0x20;
const FULL_STOP = 0x2e;
const SENTENCE_END = [...'。!?;…'].map((mark) => mark.charCodeAt(0));

/** True for units that end a sentence in any script that has such a mark; the full stop is left out: `www.example.com`. */
export function endsSentence(unit: number): boolean {
  return sideOf[unit] === SIDE_SENTENCE;
}

const SIDE_BLANK = 4;
export const SIDE_SENTENCE = 5;
const SIDES = 6;

/** What a unit is on either side of a boundary: its class, and of marks two kinds more. */
export const sideOf: Uint8Array = unitClass.slice();
sideOf[BLANK] = SIDE_BLANK;
for (const unit of SENTENCE_END) sideOf[unit] = SIDE_SENTENCE;

/** Cost by the sides of the units before and after: `table[before * SIDES + after]`. */
const costTable = Float32Array.from({ length: SIDES * SIDES }, (_, at) => costOf(Math.floor(at / SIDES), at % SIDES));

function costOf(before: number, after: number): number {
  if (isWord(before) && isWord(after)) return isSpaced(before) === isSpaced(after) ? COST_INSIDE : COST_SCRIPT;
  if (before === SIDE_SENTENCE) return COST_SENTENCE;
  if (before === SIDE_BLANK) return isSpaced(after) ? COST_WORD : COST_BLANK;
  if (after === SIDE_BLANK) return isSpaced(before) ? COST_WORD : COST_BLANK;
  return COST_MARK;
}

function isWord(side: number): boolean {
  return side !== UNIT_OTHER && side < SIDE_BLANK;
}

function isSpaced(side: number): boolean {
  return side === UNIT_SPACED || side === UNIT_DIGIT;
}

/** Costs by position, `0..length`: position `k` stands between the units `k - 1` and `k`. Reused from line to line. */
export interface BoundaryCosts {
  readonly enter: Float32Array;
  readonly leave: Float32Array;
}

export function createCosts(length: number): BoundaryCosts {
  return { enter: new Float32Array(length + 1), leave: new Float32Array(length + 1) };
}

/**
 * Fills the costs of a line. An injection begins with a word and ends with one: to enter before a mark or to leave after one
 * costs as much as inside a word, so that what stands on the far side of a blank is looked at.
 */
export function boundaryCosts(units: Uint16Array, length: number, { enter, leave }: BoundaryCosts): void {
  let before: number = UNIT_OTHER;
  let sentence = false;
  for (let k = 0; k < length; k++) {
    const after = sideOf[units[k]];
    const cost = costTable[before * SIDES + after];
    if (isWord(after)) {
      enter[k] = sentence ? COST_SENTENCE : cost;
      sentence = false;
    } else {
      enter[k] = COST_INSIDE;
      if (after === SIDE_SENTENCE || isFinalStop(units, k, length)) sentence = true;
    }
    leave[k] = isWord(before) ? cost : COST_INSIDE;
    before = after;
  }
  enter[0] = COST_EDGE;
  leave[length] = COST_EDGE;
}

/**
 * A full stop that ends a sentence: before a blank, or, as the last of several, before a word that needs no blank. Without the second a
 * list glued to `...` took the last words before it along; spaced words stay as the first stage weighs them (`word-line.ts`).
 */
function isFinalStop(units: Uint16Array, k: number, length: number): boolean {
  if (units[k] !== FULL_STOP || k + 1 >= length) return false;
  const after = sideOf[units[k + 1]];
  return after === SIDE_BLANK || (after === UNIT_UNSPACED && k > 0 && units[k - 1] === FULL_STOP);
}
