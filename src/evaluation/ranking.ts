/** One line as curves see it. */
export interface Scored {
  readonly score: number;
  readonly isSpam: boolean;
}

/** What a threshold finds: everything that scores at least `threshold`. Rates from 0 to 1. */
export interface CurvePoint {
  readonly threshold: number;
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
  readonly precision: number;
}

/** One point per distinct score, from the highest threshold down; lines of equal score enter together. O(n log n). */
export function curve(lines: readonly Scored[]): CurvePoint[] {
  const sorted = [...lines].sort((a, b) => b.score - a.score);
  const spam = sorted.filter(({ isSpam }) => isSpam).length;
  const points: CurvePoint[] = [];
  let [found, alarms] = [0, 0];
  for (const [i, { score, isSpam }] of sorted.entries()) {
    if (isSpam) found++;
    else alarms++;
    if (sorted[i + 1]?.score === score) continue;
    points.push({
      threshold: score,
      truePositiveRate: rate(found, spam),
      falsePositiveRate: rate(alarms, sorted.length - spam),
      precision: found / (found + alarms),
    });
  }
  return points;
}

/** Area under the ROC curve by trapezoids: the chance that a spam line outscores an honest one, ties counting half. */
export function areaUnderRoc(points: readonly CurvePoint[]): number {
  let [area, x, y] = [0, 0, 0];
  for (const { falsePositiveRate, truePositiveRate } of points) {
    area += ((falsePositiveRate - x) * (truePositiveRate + y)) / 2;
    [x, y] = [falsePositiveRate, truePositiveRate];
  }
  return area;
}

/** Average precision: precision at every step of recall, weighted by the step. No interpolation (Davis and Goadrich 2006). */
export function averagePrecision(points: readonly CurvePoint[]): number {
  let [sum, before] = [0, 0];
  for (const { precision, truePositiveRate } of points) {
    sum += precision * (truePositiveRate - before);
    before = truePositiveRate;
  }
  return sum;
}

/** The most recall that a threshold buys for at most `budget` false positives per 100,000 honest lines; 0 where none does. */
export function recallAtBudget(points: readonly CurvePoint[], budget: number): number {
  let best = 0;
  for (const { falsePositiveRate, truePositiveRate } of points) {
    if (falsePositiveRate * 100_000 <= budget) best = Math.max(best, truePositiveRate);
  }
  return best;
}

function rate(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
