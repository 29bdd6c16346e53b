import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/training/random.ts';
import { fitCalibration } from '../../src/training/fit-calibration.ts';
import { passedPosteriorOf, posteriorOf } from '../../src/verdict/calibrate.ts';

describe('fitCalibration', () => {
  it('finds the map that made the points', () => {
    const truth = {
      unspaced: { intercept: -1, slope: 0.7, length: -0.5 },
      spaced: { intercept: -2, slope: 0.4, length: 0.3 },
      passed: { intercept: -1.5, slope: 0.5, length: 0.2 },
    };
    const random = createRandom(4);
    const points = Array.from({ length: 120_000 }, () => {
      const scored = { logOdds: 20 * random.next() - 8, units: 1 + random.int(60), spaced: random.next() < 0.5 };
      const passed = random.next() < 0.3;
      const posterior = passed ? passedPosteriorOf(scored.logOdds, scored.units, truth) : posteriorOf(scored, truth);
      return { ...scored, passed, weight: 1, spam: random.next() < posterior };
    });
    const fitted = fitCalibration(points);
    for (const script of ['unspaced', 'spaced', 'passed'] as const) {
      expect(Math.abs(fitted[script].intercept - truth[script].intercept)).toBeLessThan(0.2);
      expect(Math.abs(fitted[script].slope - truth[script].slope)).toBeLessThan(0.05);
      expect(Math.abs(fitted[script].length - truth[script].length)).toBeLessThan(0.1);
    }
  });

  it('refuses points of one label', () => {
    expect(() =>
      fitCalibration([{ logOdds: 1, units: 1, spaced: true, passed: false, spam: true, weight: 1 }]),
    ).toThrow(/both labels/);
  });
});
