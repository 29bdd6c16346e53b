import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRIOR, segment } from '../../src/verdict/segment.ts';

const value = fc.integer({ min: -8, max: 8 });

/** The best score over all 2^n labellings. */
function bruteForce(evidence: readonly number[], costs: readonly number[]): number {
  const n = evidence.length;
  let best = -Infinity;
  for (let labels = 0; labels < 1 << n; labels++)
    best = Math.max(
      best,
      scoreOf(evidence, costs, (k) => ((labels >> k) & 1) === 1),
    );
  return best;
}

function scoreOf(evidence: readonly number[], costs: readonly number[], injected: (k: number) => boolean): number {
  let [score, inside] = [0, false];
  for (let k = 0; k < evidence.length; k++) {
    if (injected(k) !== inside) score -= costs[k] + (inside ? 0 : PRIOR);
    inside = injected(k);
    if (inside) score += evidence[k];
  }
  return inside ? score - costs[evidence.length] : score;
}

describe('segment', () => {
  it('finds a best labelling: as good as trying them all', () => {
    const lines = fc
      .integer({ min: 1, max: 9 })
      .chain((n) =>
        fc.tuple(
          fc.array(value, { minLength: n, maxLength: n }),
          fc.array(fc.nat(6), { minLength: n + 1, maxLength: n + 1 }),
        ),
      );
    fc.assert(
      fc.property(lines, ([evidence, costs]) => {
        const spans = segment(
          Float32Array.from(evidence),
          { enter: Float32Array.from(costs), leave: Float32Array.from(costs) },
          evidence.length,
        );
        const score = scoreOf(evidence, costs, (k) => spans.some(({ start, end }) => k >= start && k < end));
        expect(score).toBe(bruteForce(evidence, costs));
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing in nothing', () => {
    expect(segment(new Float32Array(0), { enter: Float32Array.of(0), leave: Float32Array.of(0) }, 0)).toEqual([]);
  });
});
