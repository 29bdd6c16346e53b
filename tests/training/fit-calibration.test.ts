import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/training/random.ts';
import { fitCalibration } from '../../src/training/fit-calibration.ts';
import { posteriorOf } from '../../src/verdict/calibrate.ts';

describe('fitCalibration', () => {
  it('finds the map that made the points', () => {
    const truth = { intercept: -1, slope: 0.7, length: -0.5 };
    const random = createRandom(4);
    const points = Array.from({ length: 40_000 }, () => {
      const [logOdds, units] = [20 * random.next() - 8, 1 + random.int(60)];
      return { logOdds, units, weight: 1, spam: random.next() < posteriorOf(logOdds, units, truth) };
    });
    const fitted = fitCalibration(points);
    expect(Math.abs(fitted.intercept - truth.intercept)).toBeLessThan(0.2);
    expect(Math.abs(fitted.slope - truth.slope)).toBeLessThan(0.05);
    expect(Math.abs(fitted.length - truth.length)).toBeLessThan(0.1);
  });

  it('refuses points of one label', () => {
    expect(() => fitCalibration([{ logOdds: 1, units: 1, spam: true, weight: 1 }])).toThrow(/both labels/);
  });
});
