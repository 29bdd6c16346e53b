import { coarseId, FeatureList, listFeatures } from '../bayes/features.ts';
import { STEPS_PER_NAT, type CategoryTable } from '../bayes/model.ts';
import { log } from '../bayes/portable-math.ts';
import type { Category } from '../rules/rule.ts';
import { FoldedLine } from '../text/fold.ts';
import { unitClass } from '../text/unit.ts';

/** 8,192 buckets a category: the choice is among kinds of spam, which share few n-grams. */
const CATEGORY_BITS = 13;
/** Occurrences that all lines of a category in one language are scaled to. */
const MASS = 10_000;
/** Added to each bucket: an n-gram that a category lacks says little against it. */
const SMOOTHING = 1;

/** A spam line of a known category. */
export interface CategorisedLine {
  readonly text: string;
  readonly category: Category;
  readonly language: string;
}

/**
 * Fits the table of categories from spam lines: multinomial naive Bayes, log-likelihoods relative to the mean category. The lines of
 * a category in one language weigh as much as those of another category in it: n-grams tell languages apart first, and a category with
 * many lines elsewhere must not lose for that (English adult lines were taken for gambling, 8 of 8).
 */
export function fitCategories(lines: readonly CategorisedLine[]): CategoryTable {
  const names = [...new Set(lines.map((line) => line.category))].sort();
  const size = 1 << CATEGORY_BITS;
  const counts = names.map(() => new Float64Array(size));
  const features = new FeatureList();
  for (const group of Map.groupBy(lines, ({ category, language }) => `${category} ${language}`).values()) {
    const row = counts[names.indexOf(group[0].category)];
    const all = countOccurrences(group, size, features);
    const total = all.reduce((sum, count) => sum + count, 0);
    for (let bucket = 0; bucket < size; bucket++) row[bucket] += (MASS * all[bucket]) / Math.max(1, total);
  }
  return { names, bits: CATEGORY_BITS, weights: relativeLikelihoods(counts, size) };
}

function countOccurrences(lines: readonly CategorisedLine[], size: number, features: FeatureList): Float64Array {
  const counts = new Float64Array(size);
  const folded = new FoldedLine();
  for (const { text } of lines) {
    folded.fold(text, 0, text.length);
    listFeatures(folded.units, folded.length, unitClass, features);
    for (let j = 0; j < features.length; j++) counts[coarseId(features.ids[j], CATEGORY_BITS)]++;
  }
  return counts;
}

function relativeLikelihoods(counts: readonly Float64Array[], size: number): Int8Array {
  const weights = new Int8Array(counts.length * size);
  for (let bucket = 0; bucket < size; bucket++) {
    const logs = counts.map((row) => log(row[bucket] + SMOOTHING));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    for (const [c, log] of logs.entries()) {
      weights[c * size + bucket] = Math.max(-127, Math.min(127, Math.round((log - mean) * STEPS_PER_NAT)));
    }
  }
  return weights;
}
