import { BUCKETS } from './features.ts';

/** Units of a quantised weight in one natural-log odds. Weights are even, so that an evidence table has a bit to spare. */
export const STEPS_PER_NAT = 20;
/** ±6.3 natural-log odds in an int8. */
const HEAVIEST = 126;

/** Which category a spam line belongs to: naive Bayes log-likelihoods over a smaller table of the same features. */
export interface CategoryTable {
  readonly names: readonly string[];
  /** `names.length` rows of `1 << bits` quantised log-likelihoods, row after row. */
  readonly weights: Int8Array;
  readonly bits: number;
}

/** A trained model, ready to score: quantised log-odds by feature id. Immutable. */
export interface Model {
  /** SHA-256 of the encoded model, in hexadecimal. */
  readonly digest: string;
  /** `BUCKETS` weights in steps of `1 / STEPS_PER_NAT`. */
  readonly weights: Int8Array;
  readonly categories: CategoryTable;
}

/** Rounds natural-log odds to even steps, a tenth each; what is heavier than ±6.3 is kept at that. */
export function quantise(weights: Float32Array | Float64Array): Int8Array {
  if (weights.length !== BUCKETS) throw new RangeError(`a model has ${BUCKETS} weights, not ${weights.length}`);
  const steps = new Int8Array(weights.length);
  for (let id = 0; id < weights.length; id++) steps[id] = quantised(weights[id]);
  return steps;
}

/** One weight in steps. */
export function quantised(weight: number): number {
  const step = 2 * Math.round((weight * STEPS_PER_NAT) / 2);
  return Math.max(-HEAVIEST, Math.min(HEAVIEST, step));
}
