import type { FeatureList } from '../../bayes/features.ts';
import { linesOf } from '../../text/lines.ts';
import { unitClass, UNIT_OTHER } from '../../text/unit.ts';
import { SampleLine } from '../sample-line.ts';

/** Stands for a boundary; folding makes a boundary of every `_`, so that no feature has one of its own. */
const BOUNDARY_SIGN = '_';

const line = new SampleLine();

/**
 * The features of a text as strings, each once: `_` for a boundary, and `n:` before the units of an n-gram, `w:` before those of a
 * word or a pair of words. The prefix
 * keeps tokens apart from the names that every object has (`constructor`, `__proto__`), on which `natural` breaks, and from
 * whole numbers, which it would put before all other tokens.
 */
export function tokensOf(text: string): string[] {
  return [...new Set(linesOf(text).flatMap(({ start, end }) => tokensOfLine(text, start, end)))];
}

/** The features of `text.slice(start, end)`, which is one line. */
export function tokensOfLine(text: string, start: number, end: number): string[] {
  line.read(text, start, end);
  const { folded, features } = line;
  const tokens = new Set<string>();
  for (let j = 0; j < features.length; j++) tokens.add(tokenOf(folded.units, folded.length, features, j));
  return [...tokens];
}

function tokenOf(units: Uint16Array, length: number, { firsts, sizes, words }: FeatureList, j: number): string {
  let token = j >= words ? 'w:' : 'n:';
  for (let k = firsts[j]; k < firsts[j] + sizes[j]; k++) {
    const isOutside = k < 0 || k >= length || unitClass[units[k]] === UNIT_OTHER;
    token += isOutside ? BOUNDARY_SIGN : String.fromCharCode(units[k]);
  }
  return token;
}
