import { BUCKET_BITS, FeatureList, listFeatures } from '../bayes/features.ts';
import { STEPS_PER_NAT, type CategoryTable } from '../bayes/model.ts';
import { log } from '../bayes/portable-math.ts';
import type { Category } from '../rules/rule.ts';
import { FoldedLine } from '../text/fold.ts';
import { unitClass } from '../text/unit.ts';

/** 8,192 buckets a category: the choice is among kinds of spam, which share few n-grams. */
const CATEGORY_BITS = 13;
/** Categories with few lines must not win by smoothing; a tenth of an occurrence per bucket keeps them modest. */
const SMOOTHING = 0.1;

/** Fits the table of categories from spam lines: multinomial naive Bayes, log-likelihoods relative to the mean category. */
export function fitCategories(lines: readonly { readonly text: string; readonly category: Category }[]): CategoryTable {
  const names = [...new Set(lines.map((line) => line.category))].sort();
  const size = 1 << CATEGORY_BITS;
  const counts = names.map(() => new Float64Array(size));
  const folded = new FoldedLine();
  const features = new FeatureList();
  for (const { text, category } of lines) {
    folded.fold(text, 0, text.length);
    listFeatures(folded.units, folded.length, unitClass, features);
    const row = counts[names.indexOf(category)];
    for (let j = 0; j < features.length; j++) row[features.ids[j] >>> (BUCKET_BITS - CATEGORY_BITS)]++;
  }
  return { names, bits: CATEGORY_BITS, weights: relativeLikelihoods(counts, size) };
}

function relativeLikelihoods(counts: readonly Float64Array[], size: number): Int8Array {
  const weights = new Int8Array(counts.length * size);
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0) + SMOOTHING * size);
  for (let bucket = 0; bucket < size; bucket++) {
    const logs = counts.map((row, c) => log((row[bucket] + SMOOTHING) / totals[c]));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    for (const [c, log] of logs.entries()) {
      weights[c * size + bucket] = Math.max(-127, Math.min(127, Math.round((log - mean) * STEPS_PER_NAT)));
    }
  }
  return weights;
}
