/**
 * Fits the calibration and chooses the thresholds, and writes `training-data/policy.json`. Every line that may be trained on is scored by
 * weights that have not seen it (cross-fitting: `FOLDS` trainings of a minute), so that a budget of a few false alarms in 100,000 rests on
 * hundreds of thousands of lines. Run after `background`; then `train` puts the policy beside the model.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pLimit from 'p-limit';
import { fitCalibration } from '../src/training/fit-calibration.ts';
import { posteriorOf, type CalibrationMap } from '../src/verdict/calibrate.ts';
import type { FoldResult } from './cross-fit.ts';

/** False positives per 100,000 honest lines that each action of a policy may have. What balanced has was chosen below 2 and 30: DESIGN.md, "Open". */
const BUDGETS = {
  strict: { remove: 10, review: 90 },
  balanced: { remove: 1, review: 26 },
  cautious: { remove: 0.5, review: 10 },
};
/** Each leaves a fifth of the lines out of training, which costs little recall. */
const FOLDS = 5;
const FILE = new URL('../training-data/policy.json', import.meta.url);

async function crossFit(): Promise<FoldResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'linesieve-cross-fit-'));
  const limit = pLimit(availableParallelism());
  const results = Array.from({ length: FOLDS }, (_, fold) =>
    limit(async () => {
      const out = join(folder, `${fold}.json`);
      const script = new URL('cross-fit.ts', import.meta.url).pathname;
      await promisify(execFile)(process.execPath, [script, String(fold), String(FOLDS), out]);
      return JSON.parse(readFileSync(out, 'utf8')) as FoldResult;
    }),
  );
  return Promise.all(results).finally(() => rmSync(folder, { recursive: true }));
}

const results = await crossFit();
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
console.log(`${honest} honest lines with ${alarms.length} findings; ${JSON.stringify(policy)}`);
