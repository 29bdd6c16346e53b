import { describe, expect, it } from 'vitest';
import { emptyConfusion, f1, falsePositivesPer100k, precision, recall, tally } from '../../src/evaluation/confusion.ts';

describe('confusion', () => {
  it('counts and divides as the definitions say', () => {
    const confusion = emptyConfusion();
    for (const [spam, found] of [
      [true, true],
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const) {
      tally(confusion, spam, found);
    }
    expect(confusion).toEqual({ truePositives: 2, falsePositives: 1, trueNegatives: 1, falseNegatives: 1 });
    expect([precision(confusion), recall(confusion), f1(confusion)]).toEqual([2 / 3, 2 / 3, 2 / 3]);
    expect(falsePositivesPer100k(confusion)).toBe(50_000);
  });

  it('has no division by zero', () => {
    expect([precision(emptyConfusion()), recall(emptyConfusion()), falsePositivesPer100k(emptyConfusion())]).toEqual([
      1, 1, 0,
    ]);
  });
});
