/**
 * Fits the calibration and chooses the thresholds, and writes `training-data/policy.json`. Every line that may be trained on is scored by
 * weights that have not seen it (`cross-fits.ts`), so that a budget of a few false alarms in 100,000 rests on
 * hundreds of thousands of lines. Run after `background`; then `train` puts the policy beside the model.
 */
import { writeFileSync } from 'node:fs';
import { fitCalibration } from '../src/training/fit-calibration.ts';
import { posteriorOf, type CalibrationMap } from '../src/verdict/calibrate.ts';
import { crossFits } from './cross-fits.ts';

/** False positives per 100,000 honest lines that each action of a policy may have. What balanced has was chosen below 2 and 30: DESIGN.md, "Open". */
const BUDGETS = {
  strict: { remove: 10, review: 90 },
  balanced: { remove: 0.8, review: 27 },
  cautious: { remove: 0.5, review: 10 },
};
const FILE = new URL('../training-data/policy.json', import.meta.url);

const results = await crossFits();
const points = results.flatMap((result) => result.points);
const honest = results.reduce((sum, result) => sum + result.honest, 0);
const calibration = fitCalibration(points);
const alarms = points
  .filter((point) => !point.spam && !point.passed)
  .map((point) => posteriorOf(point, calibration))
  .sort((a, b) => b - a);
/** The lowest threshold that keeps the budget, rounded up to six digits. */
const threshold = (per100k: number): number => {
  const allowed = Math.floor((per100k * honest) / 100_000);
  return Math.min(0.999999, Math.ceil(((alarms[allowed] ?? 0) + 1e-8) * 1e6) / 1e6);
};
const rounded = (map: CalibrationMap): object =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, Number(value.toFixed(4))]));
const thresholds = ({ remove, review }: { remove: number; review: number }): object => ({
  review: threshold(review),
  remove: threshold(remove),
});
const policy = {
  name: 'balanced',
  thresholds: thresholds(BUDGETS.balanced),
  alternatives: { strict: thresholds(BUDGETS.strict), cautious: thresholds(BUDGETS.cautious) },
  blockBelow: 0.1,
  calibration: {
    unspaced: rounded(calibration.unspaced),
    spaced: rounded(calibration.spaced),
    passed: rounded(calibration.passed),
  },
};
writeFileSync(FILE, `${JSON.stringify(policy, null, 2)}\n`);
/** What other budgets would have come to. */
const others = [22, 24, 26, 27, 28, 29, 30, 32].map((budget) => `${budget} ${threshold(budget)}`);
console.log(`review thresholds by budget: ${others.join(', ')}`);
console.log(`${honest} honest lines with ${alarms.length} findings; ${JSON.stringify(policy)}`);
