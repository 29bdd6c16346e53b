import { describe, expect, it } from 'vitest';
import { boundaries } from '../../src/evaluation/boundaries.ts';
import { areaUnderRoc, averagePrecision, curve, recallAtBudget } from '../../src/evaluation/ranking.ts';
import { calibrationError, reliability } from '../../src/evaluation/reliability.ts';
import { wilson } from '../../src/evaluation/wilson.ts';

describe('ranking', () => {
  const points = curve([
    { score: 3, isSpam: true },
    { score: 2, isSpam: false },
    { score: 2, isSpam: true },
    { score: 1, isSpam: false },
  ]);

  it('lets lines of equal score enter together, and ties count half', () => {
    expect(points.map(({ threshold }) => threshold)).toEqual([3, 2, 1]);
    expect(areaUnderRoc(points)).toBe(0.875);
    expect(averagePrecision(points)).toBeCloseTo(0.5 + 1 / 3, 12);
  });

  it('gives the most recall within a budget of false positives', () => {
    expect([0, 50_000].map((budget) => recallAtBudget(points, budget))).toEqual([0.5, 1]);
  });
});

describe('reliability', () => {
  const forecasts = [0.2, 0.2, 0.2, 0.2, 0.2].map((posterior, i) => ({ posterior, isSpam: i === 0 }));

  it('finds no error where one in five is spam and one in five was said', () => {
    expect(calibrationError(reliability(forecasts, undefined, 1))).toBeCloseTo(0, 12);
  });

  it('weighs spam to the prevalence that posteriors are meant for', () => {
    expect(calibrationError(reliability(forecasts, 0.01, 1))).toBeCloseTo(0.19, 12);
  });
});

describe('boundaries', () => {
  it('counts exact and near documents, and characters right, wrong and missed', () => {
    const truth = [{ start: 10, end: 20 }];
    const found = [[{ start: 10, end: 20 }], [{ start: 8, end: 20 }], []];
    const figures = boundaries(found.map((spans) => ({ joint: 'newline', truth, found: spans })));
    expect([figures.exact.part, figures.near.part]).toEqual([1, 2]);
    expect([figures.right, figures.wrong, figures.missed]).toEqual([20, 2, 10]);
  });
});

describe('wilson', () => {
  it('gives the interval of the published formula, and says that nothing proves nothing', () => {
    expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4);
    expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
  });
});
