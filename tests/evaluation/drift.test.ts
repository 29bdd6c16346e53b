import { describe, expect, it } from 'vitest';
import { BAND, driftOf } from '../../src/evaluation/drift.ts';

describe('drift', () => {
  it('is none between equal shares, whatever the totals', () => {
    const drift = driftOf('verdicts', { pass: 900, clean: 100 }, { pass: 9000, clean: 1000 });
    expect(drift.index).toBeCloseTo(0, 12);
    expect(drift.drifted).toBe(false);
  });

  it('is the population stability index, worked by hand', () => {
    const drift = driftOf('verdicts', { pass: 900, clean: 100 }, { pass: 600, clean: 400 });
    expect(drift.index).toBeCloseTo(-0.3 * Math.log(0.6 / 0.9) + 0.3 * Math.log(0.4 / 0.1), 12);
    expect(drift.index).toBeGreaterThan(BAND);
    expect(drift.drifted).toBe(true);
    expect(drift.moved[0]).toMatchObject({ key: 'clean', before: 0.1, now: 0.4 });
  });

  it('counts a value that is new or gone, also one with the name of a method', () => {
    const drift = driftOf('rules', { a: 1000 }, { a: 500, constructor: 500 });
    expect(drift.drifted).toBe(true);
    expect(drift.moved.map(({ key }) => key).sort()).toEqual(['a', 'constructor']);
  });

  it('is only growth where a value is the worse one', () => {
    const [few, many] = [
      { known: 990, novel: 10 },
      { known: 600, novel: 400 },
    ];
    expect(driftOf('unseen', few, many, { worse: 'novel' })).toMatchObject({ drifted: true });
    expect(driftOf('unseen', many, few, { worse: 'novel' })).toMatchObject({ drifted: false });
    expect(driftOf('unseen', many, few)).toMatchObject({ drifted: true });
  });

  it('says nothing on few observations', () => {
    expect(driftOf('verdicts', { pass: 10 }, { clean: 400 })).toMatchObject({ index: 0, drifted: false });
  });
});
