import { CLASS_RUNS } from './fold-table.generated.ts';

/** What a folded unit is for features, word boundaries and separators. */
export const UNIT_OTHER = 0;
/** A letter of a script that writes blanks between words: Latin, Cyrillic, Arabic … */
export const UNIT_SPACED = 1;
/** A letter of a script that does not, or whose syllables are words: Han, kana, Thai, hangul … */
export const UNIT_UNSPACED = 2;
export const UNIT_DIGIT = 3;

/** Class of each of the 65,536 units. */
export const unitClass: Uint8Array = new Uint8Array(65536);
fillClass(unitClass, (kind) => kind);

/** Writes into `table`, by unit, what `valueOf` says of its class; units of whose class it says 0 are left as they are. */
export function fillClass(table: Uint8Array | Uint16Array, valueOf: (kind: number) => number): void {
  for (let run = 0, first = 0; run < CLASS_RUNS.length; run += 2) {
    const end = first + CLASS_RUNS[run];
    const value = valueOf(CLASS_RUNS[run + 1]);
    if (value !== 0) table.fill(value, first, end);
    first = end;
  }
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
