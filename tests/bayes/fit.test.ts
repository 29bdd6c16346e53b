import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Counts } from '../../src/bayes/counts.ts';
import { featureLogOdds, featureOdds } from '../../src/bayes/fit.ts';

it('gives odds whose logarithm the log-odds are', () => {
  const lines = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(lines, lines, lines, lines, (spam, legit, spamLines, legitLines) => {
      const counts = new Counts(8);
      Object.assign(counts, { spamLines, legitLines });
      counts.spam[7] = spam;
      counts.legit[7] = legit;
      expect(Math.log(featureOdds(counts, 7))).toBeCloseTo(featureLogOdds(counts, 7), 9);
    }),
    { numRuns: 50 },
  );
});
