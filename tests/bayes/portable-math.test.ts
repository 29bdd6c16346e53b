import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, log } from '../../src/bayes/portable-math.ts';

const close = (actual: number, expected: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-15 + 1e-300);
};

describe('portable math', () => {
  it('agrees with the built-in exp', () => {
    fc.assert(fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => close(exp(x), Math.exp(x))));
    expect([exp(0), exp(-800), exp(800)]).toEqual([1, 0, Infinity]);
  });

  it('agrees with the built-in log', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
      }),
    );
    expect([log(1), log(0)]).toEqual([0, -Infinity]);
    expect(log(-1)).toBeNaN();
  });
});
