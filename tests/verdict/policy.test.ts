import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logOddsAt, posteriorOf } from '../../src/verdict/calibrate.ts';
import { chosenPolicy, parsePolicy, PolicyError, policyNames } from '../../src/verdict/policy.ts';

const file: unknown = JSON.parse(readFileSync(new URL('../../models/base/policy.json', import.meta.url), 'utf8'));

describe('parsePolicy', () => {
  it('takes the policy of the base model', () => {
    expect(parsePolicy(file).name).toBe('balanced');
  });

  it.each([
    [null, 'policy must be an object'],
    [
      { ...(file as object), thresholds: { review: 0.9, remove: 0.5 } },
      'thresholds.remove must be a number from 0.9 to 1, not 0.5',
    ],
    [
      { ...(file as object), alternatives: { lax: { review: 2 } } },
      'alternatives.lax.review must be a number from 0 to 1',
    ],
    [{ ...(file as object), blockBelow: 'x' }, 'blockBelow must be a number from 0 to 1, not "x"'],
    [{ ...(file as object), calibration: {} }, 'calibration.unspaced must be an object'],
    [
      { ...(file as object), calibration: { unspaced: {} } },
      'calibration.unspaced.intercept must be a number from -100 to 100',
    ],
  ])('refuses %j', (value, message) => {
    expect(() => parsePolicy(value)).toThrow(PolicyError);
    expect(() => parsePolicy(value)).toThrow(message);
  });
});

describe('the policies of the base model', () => {
  const policy = parsePolicy(file);

  it('are strict, balanced and cautious: from the most that is taken out to the least', () => {
    expect(policyNames(policy).sort()).toEqual(['balanced', 'cautious', 'strict']);
    const order = ['strict', 'balanced', 'cautious'].map((name) => chosenPolicy(policy, name).thresholds);
    for (const action of ['remove', 'review'] as const) {
      const values = order.map((thresholds) => thresholds[action]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(new Set(values).size).toBe(3);
    }
  });

  it('are chosen by name, an unknown one is refused with the names there are', () => {
    expect(chosenPolicy(policy, 'strict').name).toBe('strict');
    expect(chosenPolicy(policy, 'balanced')).toBe(policy);
    expect(() => chosenPolicy(policy, 'toString')).toThrow('no policy "toString"; choose one of balanced, ');
  });
});

describe('posteriorOf', () => {
  it('grows with the log-odds and stays within 0 and 1', () => {
    const { calibration } = parsePolicy(file);
    for (const spaced of [false, true]) {
      const values = [-300, -4, 0, 4, 12, 300].map((logOdds) =>
        posteriorOf({ logOdds, units: 10, spaced }, calibration),
      );
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it('reaches a threshold at the log-odds that are said for it', () => {
    const { calibration } = parsePolicy(file);
    for (const spaced of [false, true]) {
      const logOdds = logOddsAt(0.9, 25, spaced, calibration);
      expect(posteriorOf({ logOdds, units: 25, spaced }, calibration)).toBeCloseTo(0.9, 9);
    }
  });
});
