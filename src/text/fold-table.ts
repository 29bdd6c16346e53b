import { ASTRAL, DROPPED, EXPANSIONS, SINGLES } from './fold-table.generated.ts';
import { unitClass, UNIT_OTHER } from './unit.ts';

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
export const astral: ReadonlyMap<string, string> = readAstral();

fillTables();

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
  for (let unit = first; unit <= last; unit++) setCare(unit, care);
}

function fillTables(): void {
  for (let unit = 0; unit < 65536; unit++) jointTable[unit] = unit;
  for (let i = 0; i < SINGLES.length; i += 2) jointTable[SINGLES.charCodeAt(i)] = SINGLES.charCodeAt(i + 1);
  for (let unit = 0; unit < 65536; unit++) fillUnit(unit, jointTable[unit]);
  setRange(0xd800, 0xdfff, CARE_SURROGATE);
  setRange(0x1100, 0x11ff, CARE_JAMO);
  for (const unit of expansions.keys()) setCare(unit, CARE_EXPAND);
  for (const [first, last] of DROPPED) setRange(first, last, CARE_DROP);
  for (const unit of [0x3099, 0x309a, 0xff9e, 0xff9f]) setCare(unit, CARE_VOICING);
}

function fillUnit(unit: number, folded: number): void {
  if (folded === 0x26) setCare(unit, CARE_AMPERSAND);
  else if (folded === 0x28) setCare(unit, CARE_BRACKET);
  else if (folded === 0x20) setCare(unit, CARE_BLANK);
  else if (unitClass[folded] === UNIT_OTHER) setCare(unit, CARE_JOINT);
  else foldTable[unit] = folded;
}
