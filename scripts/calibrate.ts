/**
 * Fits the calibration and chooses the thresholds on corpus lines that were kept for tuning (`dev`), and writes
 * `training-data/policy.json`. Run after `train`; then `train` again puts the policy beside the model.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { decodeModel } from '../src/bayes/codec.ts';
import { createRandom } from '../src/training/random.ts';
import { fitCalibration, type CalibrationPoint } from '../src/training/fit-calibration.ts';
import { CompiledRules } from '../src/rules/compile.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { plainDocument } from '../src/text/document.ts';
import { foldString } from '../src/text/fold.ts';
import { posteriorOf } from '../src/verdict/calibrate.ts';
import { Finder } from '../src/verdict/find.ts';
import { readCorpora } from './corpora.ts';

/** False positives per 100,000 honest lines that each action of a policy may have on the tuning lines. */
const BUDGETS = {
  strict: { remove: 10, review: 90 },
  balanced: { remove: 1.5, review: 28 },
  cautious: { remove: 0, review: 12 },
};
/** One line in a hundred is taken for injected when posteriors are fitted. */
const SPAM_SHARE = 0.01;
const FILE = new URL('../training-data/policy.json', import.meta.url);

const model = await decodeModel(readFileSync(new URL('../models/base/model.bin', import.meta.url)));
const finder = new Finder(model, new CompiledRules(builtinRules, foldString));

function strongest(text: string): { logOdds: number; units: number } | null {
  let best: { logOdds: number; units: number } | null = null;
  finder.find(plainDocument(text), false, ({ findings }) => {
    for (const { logOdds, units } of findings) if (best === null || logOdds > best.logOdds) best = { logOdds, units };
  });
  return best;
}

const honest = [...readCorpora('legit'), ...readCorpora('hard-negative')].flatMap((file) => file.dev);
const phrases = readCorpora('spam-adult').find((file) => file.name === 'lex_adult_zh_selected')?.dev ?? [];
const random = createRandom(13);
const lists = phrases.map(() =>
  Array.from({ length: 3 + random.int(8) }, () => random.oneOf(phrases)).join(random.oneOf(['_', ',', '-', '|', ' '])),
);
const spam = [...phrases.filter((phrase) => phrase.length >= 3), ...lists];

const spamWeight = (SPAM_SHARE * honest.length) / spam.length;
const points: CalibrationPoint[] = [];
for (const [lines, isSpam] of [
  [honest, false],
  [spam, true],
] as const) {
  for (const text of lines) {
    const found = strongest(text);
    if (found !== null) points.push({ ...found, spam: isSpam, weight: isSpam ? spamWeight : 1 });
  }
}
const calibration = fitCalibration(points);
const alarms = points
  .filter((point) => !point.spam)
  .map(({ logOdds, units }) => posteriorOf(logOdds, units, calibration))
  .sort((a, b) => b - a);
/** The lowest threshold that keeps the budget, rounded up to four digits. */
const threshold = (per100k: number): number => {
  const allowed = Math.floor((per100k * honest.length) / 100_000);
  return Math.min(0.9999, Math.ceil(((alarms[allowed] ?? 0) + 1e-6) * 10_000) / 10_000);
};
const rounded = Object.fromEntries(Object.entries(calibration).map(([key, value]) => [key, Number(value.toFixed(4))]));
const thresholds = ({ remove, review }: { remove: number; review: number }): object => ({
  review: threshold(review),
  remove: threshold(remove),
});
const policy = {
  name: 'balanced',
  thresholds: thresholds(BUDGETS.balanced),
  alternatives: { strict: thresholds(BUDGETS.strict), cautious: thresholds(BUDGETS.cautious) },
  blockBelow: 0.1,
  calibration: rounded,
};
writeFileSync(FILE, `${JSON.stringify(policy, null, 2)}\n`);
console.log(
  `${honest.length} honest lines with ${alarms.length} findings, ${spam.length} spam lines; ${JSON.stringify(policy)}`,
);
