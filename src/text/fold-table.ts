import { ASTRAL, DROPPED, EXPANSIONS, SINGLES } from './fold-table.generated.ts';
import { fillClass, unitClass, UNIT_OTHER } from './unit.ts';

/** `foldTable[unit]` of a unit that needs a look at its neighbours; what kind of look stands in `careOf`. U+FFFF is no character. */
export const CARE = 0xffff;

/** Kinds of care, by raw unit. */
export const CARE_DROP = 1;
export const CARE_EXPAND = 2;
export const CARE_SURROGATE = 3;
export const CARE_AMPERSAND = 4;
export const CARE_BRACKET = 5;
export const CARE_BLANK = 6;
/** Punctuation and symbols: they may stand between spread-out characters. */
export const CARE_JOINT = 7;
/** Marks that join the kana before them. */
export const CARE_VOICING = 8;
/** Jamo that join to a hangul syllable. */
export const CARE_JAMO = 9;

/** Pairs as in `SINGLES`: marks that fold to themselves and need a look at their neighbours. */
const OWN = '  &&((';

/** What a raw unit folds to; `CARE` where that depends on more than the unit. */
export const foldTable = new Uint16Array(65536);
/** Why a unit needs care, 0 where it does not. */
export const careOf = new Uint8Array(65536);
/** What a joint folds to: itself or its look-alike. */
export const jointTable = new Uint16Array(65536);
let expansions: ReadonlyMap<number, string> | null = null;
let astral: ReadonlyMap<string, string> | null = null;

fillTables();

/** What a unit folds to whose care is `CARE_EXPAND`. Rows are read when one is first asked for. */
export function expansionOf(unit: number): string {
  return (expansions ??= readExpansions()).get(unit) ?? '';
}

/** What an astral character folds to, `undefined` where it has no row. Rows are read when one is first asked for. */
export function astralFold(character: string): string | undefined {
  return (astral ??= readAstral()).get(character);
}

function readExpansions(): Map<number, string> {
  const rows = EXPANSIONS.split('\n').filter((row) => row !== '');
  return new Map(rows.map((row) => [row.charCodeAt(0), row.slice(1)]));
}

function readAstral(): Map<string, string> {
  const rows = ASTRAL.split('\n').filter((row) => row !== '');
  return new Map(rows.map((row) => [row.slice(0, 2), row.slice(2)]));
}

function setRange(first: number, last: number, care: number): void {
  foldTable.fill(CARE, first, last + 1);
  careOf.fill(care, first, last + 1);
}

/**
 * Runs once, in cold code, before an isolate can answer: hence by runs of a class where units fold to themselves, nearly all, and by one loop that calls
 * nothing of ours where they do not (2 ms of CPU less than a call a pair).
 */
function fillTables(): void {
  for (let unit = 0; unit < 65536; unit++) jointTable[unit] = unit;
  foldTable.set(jointTable);
  fillClass(foldTable, (kind) => (kind === UNIT_OTHER ? CARE : 0));
  fillClass(careOf, (kind) => (kind === UNIT_OTHER ? CARE_JOINT : 0));
  const pairs = OWN + SINGLES;
  for (let i = 0; i < pairs.length; i += 2) {
    const unit = pairs.charCodeAt(i);
    const folded = pairs.charCodeAt(i + 1);
    const isMark = unitClass[folded] === UNIT_OTHER;
    jointTable[unit] = folded;
    foldTable[unit] = isMark ? CARE : folded;
    careOf[unit] = isMark ? careOfMark(folded) : 0;
  }
  setRange(0xd800, 0xdfff, CARE_SURROGATE);
  setRange(0x1100, 0x11ff, CARE_JAMO);
  for (let row = 0; row < EXPANSIONS.length; row = EXPANSIONS.indexOf('\n', row) + 1) {
    const unit = EXPANSIONS.charCodeAt(row);
    foldTable[unit] = CARE;
    careOf[unit] = CARE_EXPAND;
  }
  for (const [first, last] of DROPPED) setRange(first, last, CARE_DROP);
  setRange(0x3099, 0x309a, CARE_VOICING);
  setRange(0xff9e, 0xff9f, CARE_VOICING);
}

/** Of a unit that folds to this mark. */
function careOfMark(folded: number): number {
  if (folded === 0x26) return CARE_AMPERSAND;
  if (folded === 0x28) return CARE_BRACKET;
  return folded === 0x20 ? CARE_BLANK : CARE_JOINT;
}
