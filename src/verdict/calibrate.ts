import { exp, log } from '../bayes/portable-math.ts';

/** Parameters of the map from log-odds to posteriors, fitted on held-out lines. */
export interface Calibration {
  readonly intercept: number;
  readonly slope: number;
  /** Per natural logarithm of the span's folded units: summed log-odds grow with length faster than the truth does. */
  readonly length: number;
}

/** Calibrated P(spam) of a span: Platt's logistic map (Platt 1999) with the logarithm of the length as a second input. */
export function posteriorOf(logOdds: number, units: number, calibration: Calibration): number {
  const { intercept, slope, length } = calibration;
  return 1 / (1 + exp(-(intercept + slope * logOdds + length * log(Math.max(1, units)))));
}
