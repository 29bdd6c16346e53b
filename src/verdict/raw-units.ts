import {
  CARE,
  CARE_AMPERSAND,
  CARE_BLANK,
  CARE_BRACKET,
  CARE_JOINT,
  careOf,
  foldTable,
  jointTable,
} from '../text/fold-table.ts';
import { decodeReference } from '../text/reference.ts';
import { endsSentence } from './boundary.ts';
import { unitClass, UNIT_DIGIT, UNIT_UNSPACED } from '../text/unit.ts';

/** Layout of a table entry: folded unit, weight less drift, and one of the kinds below. */
export const UNIT_SHIFT = 16;
export const WEIGHT_SHIFT = 3;
/** A letter or digit of a spaced word, and one of any other script. */
export const SPACED = 1;
export const UNSPACED = 2;
export const WORD_UNIT = SPACED | UNSPACED;
/** A unit whose folding has to look at its neighbours; its class is that of a mark. */
export const CARE_KIND = 4;
/** A mark that ends a sentence. */
export const SENTENCE_KIND = 8;

export const BLANK = 0x20;

/** The weight less drift, in steps. */
export const weightOf = (entry: number): number => (entry << UNIT_SHIFT) >> (UNIT_SHIFT + WEIGHT_SHIFT);

/** What the first stage needs of a raw unit in one look-up, by unit: 256 kB. `singles`: see `EvidenceTable`. */
export function rawUnitTable(singles: Int16Array, table = new Int32Array(65536)): Int32Array {
  for (let raw = 0; raw < 65536; raw++) {
    const folded = foldTable[raw];
    if (folded === CARE) table[raw] = careEntry(raw);
    else
      table[raw] =
        (folded << UNIT_SHIFT) | (((singles[folded] >> 2) << WEIGHT_SHIFT) & 0xffff) | kindOf(unitClass[folded]);
  }
  return table;
}

function kindOf(kind: number): number {
  return kind === UNIT_DIGIT ? SPACED : kind;
}

function careEntry(raw: number): number {
  const care = careOf[raw];
  if (care === CARE_BLANK) return BLANK << UNIT_SHIFT;
  const mark = jointTable[raw];
  return (mark << UNIT_SHIFT) | (care === CARE_JOINT ? 0 : CARE_KIND) | (endsSentence(mark) ? SENTENCE_KIND : 0);
}

/** Whether every unit of `text.slice(start, end)` that needs care folds to itself where it stands. */
export function isAllPlain(table: Int32Array, text: string, start: number, end: number): boolean {
  let before = BLANK;
  for (let i = start; i < end; i++) {
    const entry = table[text.charCodeAt(i)];
    if ((entry & CARE_KIND) !== 0 && !isPlain(text, i, end, before)) return false;
    before = entry >>> UNIT_SHIFT;
  }
  return true;
}

/** A bracket that opens no pinyin and an ampersand that begins no reference fold to themselves. `before`: the folded unit before. */
function isPlain(text: string, i: number, end: number, before: number): boolean {
  const care = careOf[text.charCodeAt(i)];
  if (care === CARE_AMPERSAND) return decodeReference(text, i, end) === null;
  if (care !== CARE_BRACKET) return false;
  return unitClass[before] !== UNIT_UNSPACED || i + 1 === end || !isLower(text.charCodeAt(i + 1));
}

/** Pinyin is written in small letters: `a` to `z`, or beyond ASCII for those with a tone. */
function isLower(unit: number): boolean {
  return unit >= 0x61 && (unit <= 0x7a || unit > 0x7f);
}
