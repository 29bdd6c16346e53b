import { CLASS_RUNS } from './fold-table.generated.ts';

/** What a folded unit is for features, word boundaries and separators. */
export const UNIT_OTHER = 0;
/** A letter of a script that writes blanks between words: Latin, Cyrillic, Arabic … */
export const UNIT_SPACED = 1;
/** A letter of a script that does not, or whose syllables are words: Han, kana, Thai, hangul … */
export const UNIT_UNSPACED = 2;
export const UNIT_DIGIT = 3;

/** Class of each of the 65,536 units. */
export const unitClass: Uint8Array = decodeRuns(CLASS_RUNS);

function decodeRuns(runs: string): Uint8Array {
  const classes = new Uint8Array(65536);
  let at = 0;
  for (const run of runs.split(' ')) {
    const [length = '', kind = ''] = run.split(':');
    const end = at + Number.parseInt(length, 36);
    classes.fill(Number(kind), at, end);
    at = end;
  }
  return classes;
}

/** True for units that words are made of: a letter or a digit of any script. */
export function isWordUnit(unit: number): boolean {
  return unitClass[unit] !== UNIT_OTHER;
}

/** True for a letter or digit that needs a blank or a mark beside it to end a word. */
export function isSpacedUnit(unit: number): boolean {
  const kind = unitClass[unit];
  return kind === UNIT_SPACED || kind === UNIT_DIGIT;
}

/** Whether most of the letters and digits of `units[from..to)` are of spaced scripts; digits count as such. */
export function isMostlySpaced(units: ArrayLike<number>, from: number, to: number): boolean {
  let balance = 0;
  for (let k = from; k < to; k++) {
    const kind = unitClass[units[k]];
    if (kind !== UNIT_OTHER) balance += kind === UNIT_UNSPACED ? -1 : 1;
  }
  return balance > 0;
}
