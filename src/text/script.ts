import { foldTable } from './fold-table.ts';

/** Writing systems that tell an article from what was pasted into it; Han counts by its characters of one form only. */
export const SCRIPTS = [
  'latin',
  'cyrillic',
  'greek',
  'arabic',
  'thai',
  'kana',
  'hangul',
  'han',
  'hans',
  'hant',
] as const;
export type Script = (typeof SCRIPTS)[number];

const [LATIN, CYRILLIC, GREEK, ARABIC, THAI, KANA, HANGUL, HAN, HANS, HANT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const HAN_FIRST = 0x4e00;
const HAN_LAST = 0x9fff;

const RANGES: readonly (readonly [first: number, last: number, script: number])[] = [
  [0x41, 0x5a, LATIN],
  [0x61, 0x7a, LATIN],
  [0xc0, 0x24f, LATIN],
  [0x1e00, 0x1eff, LATIN],
  [0x370, 0x3ff, GREEK],
  [0x400, 0x52f, CYRILLIC],
  [0x600, 0x6ff, ARABIC],
  [0xe00, 0xe7f, THAI],
  [0x3041, 0x30ff, KANA],
  [0xac00, 0xd7a3, HANGUL],
  [HAN_FIRST, HAN_LAST, HAN],
];

/** By raw unit: 1 + the index in `SCRIPTS`, 0 for marks, digits and scripts that are not told apart. Made when it is first needed: 3 ms of an isolate's start. */
let scriptOf: Uint8Array | null = null;

/** Letters of a stretch by script. */
export type ScriptCounts = Uint32Array;

/**
 * Counts the letters of `text.slice(start, end)`, at index `1 + SCRIPTS.indexOf(script)`. `han` are all Han characters,
 * `hans` and `hant` those of them that only simplified or only traditional text has.
 */
export function countScripts(text: string, start: number, end: number): ScriptCounts {
  const counts = new Uint32Array(SCRIPTS.length + 1);
  const table = (scriptOf ??= buildTable());
  for (let i = start; i < end; i++) counts[table[text.charCodeAt(i)]]++;
  counts[HAN] += counts[HANS] + counts[HANT];
  return counts;
}

/** Share of the letters that a script needs to be that of a stretch. */
const MAJORITY = 0.8;
/** Characters of one form only that tell simplified from traditional, and how many times those of the other they must be. */
const FEWEST_FORMS = 2;
const FORMS_RATIO = 8;

/**
 * The script that most letters are of: `hans` or `hant` for Han that shows its form, `han` where it does not; `null` where
 * scripts are mixed or there are fewer than `fewest` letters.
 */
export function dominantScript(counts: ScriptCounts, fewest: number): Script | null {
  const letters = counts.subarray(1, HANS).reduce((sum, count) => sum + count, 0);
  // Japanese is kana with Han; a third of kana is enough.
  const japanese = counts[KANA] * 3 >= letters && counts[KANA] + counts[HAN] >= MAJORITY * letters;
  const found = japanese
    ? KANA
    : [...counts.keys()].findIndex((at) => at > 0 && at < HANS && counts[at] >= MAJORITY * letters);
  if (letters < fewest || found < 0) return null;
  return found === HAN ? formOf(counts[HANS], counts[HANT]) : SCRIPTS[found - 1];
}

function formOf(simplified: number, traditional: number): Script {
  if (simplified >= FEWEST_FORMS && simplified >= FORMS_RATIO * traditional) return 'hans';
  return traditional >= FEWEST_FORMS && traditional >= FORMS_RATIO * simplified ? 'hant' : 'han';
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(65536);
  for (const [first, last, script] of RANGES) table.fill(script, first, last + 1);
  for (let unit = HAN_FIRST; unit <= HAN_LAST; unit++) {
    const folded = foldTable[unit];
    if (folded === unit || folded < HAN_FIRST || folded > HAN_LAST) continue;
    table[unit] = HANT;
    if (table[folded] !== HANT) table[folded] = HANS;
  }
  return table;
}
