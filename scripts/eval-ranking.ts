import { wilson, type Share } from '../src/evaluation/wilson.ts';
import type { JudgedLine } from './eval-lines.ts';

/** False positives per 100,000 honest lines: 2 and 30 are those of the policy, 10 and 100 one in 10,000 and in 1,000. */
export const BUDGETS = [2, 10, 30, 100] as const;

/** The lowest score that no more than `per100k` in 100,000 honest lines reach, ties counting against. */
export function thresholdFor(honest: readonly number[], per100k: number): number {
  const sorted = [...honest].sort((a, b) => b - a);
  const allowed = Math.floor((per100k * honest.length) / 100_000);
  return sorted[allowed] ?? -Infinity;
}

/** Share of `spam` that scores above the threshold of a budget. */
export function recallAbove(spam: readonly number[], threshold: number): Share {
  return wilson(spam.filter((score) => score > threshold).length, spam.length);
}

/** By name of a group of spam lines: share found at each budget, in percent, with its 95 % interval. */
export function recallAtBudgets(
  honest: readonly JudgedLine[],
  groups: Readonly<Record<string, readonly JudgedLine[]>>,
): Record<string, Record<string, string | number>> {
  const scores = honest.map(({ score }) => score);
  const thresholds = BUDGETS.map((budget) => [budget, thresholdFor(scores, budget)] as const);
  return Object.fromEntries(
    Object.entries(groups).map(([name, lines]) => [
      name,
      {
        lines: lines.length,
        ...Object.fromEntries(
          thresholds.map(([budget, threshold]) => [
            `at ${budget} in 100,000`,
            written(
              recallAbove(
                lines.map(({ score }) => score),
                threshold,
              ),
            ),
          ]),
        ),
      },
    ]),
  );
}

/** `91.7 (90.2–93.0)`. */
export function written({ share, low, high }: Share): string {
  return `${(100 * share).toFixed(1)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
}
