import { CLASS_RUNS } from './fold-table.generated.ts';

/** What a folded unit is for features, word boundaries and separators. */
export const UNIT_OTHER = 0;
/** A letter of a script that writes blanks between words: Latin, Cyrillic, Arabic … */
export const UNIT_SPACED = 1;
/** A letter of a script that does not, or whose syllables are words: Han, kana, Thai, hangul … */
export const UNIT_UNSPACED = 2;
export const UNIT_DIGIT = 3;

/** Units of one class, from `first` to before `end`. */
interface ClassRun {
  readonly first: number;
  readonly end: number;
  readonly kind: number;
}

/** The 65,536 units in runs of one class. */
export const classRuns: readonly ClassRun[] = readRuns();

/** Class of each of the 65,536 units. */
export const unitClass: Uint8Array = new Uint8Array(65536);
for (const { first, end, kind } of classRuns) unitClass.fill(kind, first, end);

function readRuns(): ClassRun[] {
  let first = 0;
  return CLASS_RUNS.split(' ').map((run) => {
    const colon = run.indexOf(':');
    const end = first + Number.parseInt(run.slice(0, colon), 36);
    const read = { first, end, kind: run.charCodeAt(colon + 1) & 0xf };
    first = end;
    return read;
  });
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
