import { FeatureList, listFeatures } from '../bayes/features.ts';
import { STEPS_PER_NAT } from '../bayes/model.ts';
import { unitClass, UNIT_OTHER } from '../text/unit.ts';

/** How many n-grams a reason names: enough to see why, few enough to read. */
const TOP = 8;
/** Stands for a boundary in the name of an n-gram. */
const BOUNDARY_SIGN = '·';

const features = new FeatureList();

/** The n-grams of `units[from..to)` that weigh most for spam, heaviest first, each once with its weight in natural-log odds. */
export function topFeatures(
  units: Uint16Array,
  from: number,
  to: number,
  weights: Int8Array,
): [feature: string, weight: number][] {
  const span = units.subarray(from, to);
  listFeatures(span, span.length, unitClass, features);
  const heaviest = new Map<string, number>();
  for (let j = 0; j < features.length; j++) {
    const weight = weights[features.ids[j]] / STEPS_PER_NAT;
    if (weight > 0) heaviest.set(nameOf(span, j), weight);
  }
  return [...heaviest].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, TOP);
}

function nameOf(units: Uint16Array, j: number): string {
  let name = '';
  for (let k = features.firsts[j]; k < features.firsts[j] + features.sizes[j]; k++) {
    const outside = k < 0 || k >= units.length || unitClass[units[k]] === UNIT_OTHER;
    name += outside ? BOUNDARY_SIGN : String.fromCharCode(units[k]);
  }
  return name;
}
