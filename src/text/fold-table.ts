import { ASTRAL, DROPPED, EXPANSIONS, SINGLES } from './fold-table.generated.ts';
import { classRuns, unitClass, UNIT_OTHER } from './unit.ts';

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

/** What a raw unit folds to; `CARE` where that depends on more than the unit. */
export const foldTable = new Uint16Array(65536);
/** Why a unit needs care, 0 where it does not. */
export const careOf = new Uint8Array(65536);
/** What a joint folds to: itself or its look-alike. */
export const jointTable = new Uint16Array(65536);
export const expansions: ReadonlyMap<number, string> = readExpansions();
let astral: ReadonlyMap<string, string> | null = null;

fillTables();

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

function setCare(unit: number, care: number): void {
  foldTable[unit] = CARE;
  careOf[unit] = care;
}

function setRange(first: number, last: number, care: number): void {
  foldTable.fill(CARE, first, last + 1);
  careOf.fill(care, first, last + 1);
}

/** By runs of a class: units that fold to themselves, nearly all, cost no step of a loop each (an isolate starts 3 ms earlier). */
function fillTables(): void {
  for (let unit = 0; unit < 65536; unit++) jointTable[unit] = unit;
  foldTable.set(jointTable);
  for (const { first, end, kind } of classRuns) if (kind === UNIT_OTHER) setRange(first, end - 1, CARE_JOINT);
  for (const unit of [0x20, 0x26, 0x28]) setFolded(unit, unit);
  for (let i = 0; i < SINGLES.length; i += 2) setFolded(SINGLES.charCodeAt(i), SINGLES.charCodeAt(i + 1));
  setRange(0xd800, 0xdfff, CARE_SURROGATE);
  setRange(0x1100, 0x11ff, CARE_JAMO);
  for (const unit of expansions.keys()) setCare(unit, CARE_EXPAND);
  for (const [first, last] of DROPPED) setRange(first, last, CARE_DROP);
  for (const unit of [0x3099, 0x309a, 0xff9e, 0xff9f]) setCare(unit, CARE_VOICING);
}

function setFolded(unit: number, folded: number): void {
  jointTable[unit] = folded;
  foldTable[unit] = CARE;
  if (folded === 0x26) careOf[unit] = CARE_AMPERSAND;
  else if (folded === 0x28) careOf[unit] = CARE_BRACKET;
  else if (folded === 0x20) careOf[unit] = CARE_BLANK;
  else if (unitClass[folded] === UNIT_OTHER) careOf[unit] = CARE_JOINT;
  else [foldTable[unit], careOf[unit]] = [folded, 0];
}
