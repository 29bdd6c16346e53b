import { boundaries, boundariesByJoint } from './boundaries.ts';
import { categoryConfusion } from './category-confusion.ts';
import { worstErrors } from './errors.ts';
import type { DocumentOutcome, Observation } from './observation.ts';
import { areaUnderRoc, averagePrecision, curve, recallAtBudget } from './ranking.ts';
import { calibrationError, reliability } from './reliability.ts';
import { ruleHits } from './rule-hits.ts';
import { lengthBand, slice, slicesBy } from './slices.ts';

/** Everything that is measured on, as a filter judged it. */
export interface Judged {
  readonly lines: readonly Observation[];
  /** The spam among the lines, rewritten, by the name of the rewriting. */
  readonly obfuscated: Readonly<Record<string, readonly Observation[]>>;
  readonly documents: readonly DocumentOutcome[];
}

/** Budgets of false positives per 100,000 honest lines: those of removal and review, 1 in 10,000 and 1 in 1,000. */
const BUDGETS = [2, 10, 30, 100, 1000] as const;
/** What policies are calibrated for: one injected line in a hundred. */
export const PREVALENCE = 0.01;

export type Evaluation = ReturnType<typeof evaluation>;

/** All figures of one measurement; plain data, in a stable order. */
export function evaluation({ lines, obfuscated, documents }: Judged) {
  const points = curve(lines);
  return {
    overall: slice(lines),
    ranking: {
      areaUnderRoc: areaUnderRoc(points),
      averagePrecision: averagePrecision(points),
      recallAtBudget: Object.fromEntries(BUDGETS.map((budget) => [String(budget), recallAtBudget(points, budget)])),
      curve: points,
    },
    calibration: calibration(lines),
    boundaries: { all: boundaries(documents), byJoint: boundariesByJoint(documents) },
    slices: {
      category: slicesBy(lines, ({ category }) => category || 'honest'),
      language: slicesBy(lines, ({ language }) => language),
      length: slicesBy(lines, lengthBand),
      source: slicesBy(lines, ({ source }) => source),
      kind: slicesBy(lines, ({ kind }) => kind),
      obfuscation: Object.fromEntries(Object.entries(obfuscated).map(([name, group]) => [name, slice(group)])),
    },
    categories: categoryConfusion(lines),
    rules: ruleHits(lines),
    errors: worstErrors(lines),
  };
}

/** By category: the category's spam against all honest lines, since there is no calibration without both. */
function calibration(lines: readonly Observation[]) {
  const errorOf = (group: readonly Observation[]): number => calibrationError(reliability(group, PREVALENCE));
  const byLength = [...Map.groupBy(lines, lengthBand)].sort(([a], [b]) => (a < b ? -1 : 1));
  const categories = [...new Set(lines.filter(({ isSpam }) => isSpam).map(({ category }) => category))].sort();
  const bins = reliability(lines, PREVALENCE);
  return {
    prevalence: PREVALENCE,
    error: calibrationError(bins),
    bins,
    byLength: Object.fromEntries(byLength.map(([band, group]) => [band, errorOf(group)])),
    byCategory: Object.fromEntries(
      categories.map((name) => [name, errorOf(lines.filter(({ isSpam, category }) => !isSpam || category === name))]),
    ),
  };
}
