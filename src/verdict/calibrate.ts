import { exp, log } from '../bayes/portable-math.ts';

/** Parameters of one map from log-odds to posteriors, fitted on held-out lines. */
export interface CalibrationMap {
  readonly intercept: number;
  readonly slope: number;
  /** Per natural logarithm of the span's folded units: summed log-odds grow with length faster than the truth does. */
  readonly length: number;
}

/**
 * A map for spans of Han, kana, hangul, Thai …; one for spans of scripts that write blanks between words: there every letter has
 * evidence of its own, and the same log-odds mean less; and one for whole lines in which nothing was found.
 */
export interface Calibration {
  readonly unspaced: CalibrationMap;
  readonly spaced: CalibrationMap;
  readonly passed: CalibrationMap;
}

/** What of a span the posterior depends on. */
export interface Scored {
  readonly logOdds: number;
  /** Folded units. */
  readonly units: number;
  /** Whether most of its letters and digits are of spaced scripts (`text/unit.ts`). */
  readonly spaced: boolean;
}

/**
 * Calibrated P(spam) of a span: Platt's logistic map (Platt 1999) by kind of script, with the logarithm of the length as a second
 * input.
 */
export function posteriorOf({ logOdds, units, spaced }: Scored, calibration: Calibration): number {
  return mapped(logOdds, units, spaced ? calibration.spaced : calibration.unspaced);
}

/** Calibrated P(spam) of a line in which nothing was found: `logOdds` of the whole, `length` in units. */
export function passedPosteriorOf(logOdds: number, length: number, { passed }: Calibration): number {
  return mapped(logOdds, length, passed);
}

/** The log-odds from which on a span of that length and script has a posterior of `threshold`. */
export function logOddsAt(threshold: number, units: number, spaced: boolean, calibration: Calibration): number {
  const { intercept, slope, length } = spaced ? calibration.spaced : calibration.unspaced;
  return (log(threshold) - log(1 - threshold) - intercept - length * log(Math.max(1, units))) / slope;
}

function mapped(logOdds: number, units: number, { intercept, slope, length }: CalibrationMap): number {
  return 1 / (1 + exp(-(intercept + slope * logOdds + length * log(Math.max(1, units)))));
}
