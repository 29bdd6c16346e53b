import type { Counts } from './counts.ts';
import { log } from './portable-math.ts';

/** `natural`'s default: added to the count of a feature that a class has, and the whole count of one it has not. */
export const SMOOTHING = 1;

/**
 * Log-odds of one feature: log P(f|spam) − log P(f|legit) with P(f|c) = (n_fc + s) / (N_c + 1), the estimator of
 * `natural`'s BayesClassifier (apparatus, `BayesClassifier.probabilityOfClass`). A feature that no line has is no evidence.
 */
export function featureLogOdds(counts: Counts, id: number, smoothing = SMOOTHING): number {
  const spam = counts.spam[id];
  const legit = counts.legit[id];
  if (spam === 0 && legit === 0) return 0;
  return log((spam + smoothing) / (counts.spamLines + 1)) - log((legit + smoothing) / (counts.legitLines + 1));
}

/** The odds whose logarithm `featureLogOdds` is, to rounding, at the price of a division: for comparing with a bound. */
export function featureOdds(counts: Counts, id: number): number {
  const spam = counts.spam[id];
  const legit = counts.legit[id];
  if (spam === 0 && legit === 0) return 1;
  return ((spam + SMOOTHING) * (counts.legitLines + 1)) / ((legit + SMOOTHING) * (counts.spamLines + 1));
}

/** Log-odds of the prior (N_c + 1) / (N + 1). */
export function priorLogOdds(counts: Counts): number {
  return log((counts.spamLines + 1) / (counts.legitLines + 1));
}

/** Weights of all features, natural-log odds. */
export function fitWeights(counts: Counts, smoothing = SMOOTHING): Float32Array {
  const weights = new Float32Array(counts.spam.length);
  for (let id = 0; id < weights.length; id++) weights[id] = featureLogOdds(counts, id, smoothing);
  return weights;
}

/** Log-odds of a line given its distinct feature ids: prior plus evidence, as naive Bayes says. */
export function lineLogOdds(counts: Counts, ids: Uint32Array, length: number, smoothing = SMOOTHING): number {
  let sum = priorLogOdds(counts);
  for (let j = 0; j < length; j++) sum += featureLogOdds(counts, ids[j], smoothing);
  return sum;
}
