import { exp, log } from '../bayes/portable-math.ts';
import type { Calibration, Scored, CalibrationMap } from '../verdict/calibrate.ts';

/** What one map is fitted on. */
export interface MapPoint extends Pick<Scored, 'logOdds' | 'units'> {
  readonly spam: boolean;
  /** How many lines of real traffic it stands for. */
  readonly weight: number;
}

/** A finding on a held-out line, or a line without one as a whole: what was scored, and the truth. */
export interface CalibrationPoint extends MapPoint, Scored {
  /** Nothing was found. */
  readonly passed: boolean;
}

const ROUNDS = 50;
/** Keeps the curvature invertible where all points agree; far below what data says. */
const RIDGE = 1e-6;

/**
 * Fits the maps from log-odds and length to posteriors, for findings of each kind of script and for lines without one, by weighted logistic regression (Newton's method, Platt
 * 1999 with a second input). Throws a RangeError unless there are points of both labels in each.
 */
export function fitCalibration(points: readonly CalibrationPoint[]): Calibration {
  return {
    unspaced: fitMap(points.filter(({ spaced, passed }) => !passed && !spaced)),
    spaced: fitMap(points.filter(({ spaced, passed }) => !passed && spaced)),
    passed: fitMap(points.filter(({ passed }) => passed)),
  };
}

/** One of the maps. Throws a RangeError unless there are points of both labels. */
export function fitMap(points: readonly MapPoint[]): CalibrationMap {
  if (!points.some((point) => point.spam) || !points.some((point) => !point.spam)) {
    throw new RangeError(
      'calibration needs points of both labels: findings in both kinds of script, and lines without one',
    );
  }
  let parameters = [0, 1, 0];
  for (let round = 0; round < ROUNDS; round++) parameters = newtonStep(points, parameters);
  const [intercept, slope, length] = parameters;
  return { intercept, slope, length };
}

function newtonStep(points: readonly MapPoint[], parameters: readonly number[]): number[] {
  const gradient = [0, 0, 0];
  const curvature = [RIDGE, 0, 0, 0, RIDGE, 0, 0, 0, RIDGE];
  for (const { logOdds, units, spam, weight } of points) {
    const inputs = [1, logOdds, log(Math.max(1, units))];
    const sum = inputs.reduce((total, input, i) => total + input * parameters[i], 0);
    const probability = 1 / (1 + exp(-sum));
    for (let i = 0; i < 3; i++) {
      gradient[i] += weight * inputs[i] * ((spam ? 1 : 0) - probability);
      for (let j = 0; j < 3; j++) {
        curvature[3 * i + j] += weight * inputs[i] * inputs[j] * probability * (1 - probability);
      }
    }
  }
  const step = solve(curvature, gradient);
  const damping = Math.min(1, 1 / Math.max(...step.map(Math.abs)));
  return parameters.map((parameter, i) => parameter + damping * step[i]);
}

/** Solves a symmetric 3 × 3 system by Cramer's rule. */
function solve(m: readonly number[], b: readonly number[]): number[] {
  const whole = determinant(m);
  return [0, 1, 2].map(
    (column) => determinant(m.map((value, i) => (i % 3 === column ? b[Math.floor(i / 3)] : value))) / whole,
  );
}

function determinant(a: readonly number[]): number {
  return a[0] * (a[4] * a[8] - a[5] * a[7]) - a[1] * (a[3] * a[8] - a[5] * a[6]) + a[2] * (a[3] * a[7] - a[4] * a[6]);
}
