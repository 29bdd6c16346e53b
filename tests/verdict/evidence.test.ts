import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS } from '../../src/bayes/features.ts';
import { STEPS_PER_NAT } from '../../src/bayes/model.ts';
import { boundaryCosts, createCosts } from '../../src/verdict/boundary.ts';
import { EvidenceTable, LineEvidence } from '../../src/verdict/evidence.ts';
import { bestStretch, PRIOR } from '../../src/verdict/segment.ts';

describe('the cascade', () => {
  it('never ends a line early whose best stretch pays: its bound is above every stretch', () => {
    const weights = Int8Array.from({ length: BUCKETS }, (_, id) => 2 * (((id * 2654435761) % 101) - 50));
    const table = new EvidenceTable(weights, []);
    const evidence = new LineEvidence();
    const text = fc.string({
      unit: fc.constantFrom('久', '在', '品', 'a', 'b', '9', ' ', '_', '。', '.'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (line) => {
        const units = Uint16Array.from({ length: line.length }, (_, i) => line.charCodeAt(i));
        const costs = createCosts(units.length);
        boundaryCosts(units, units.length, costs);
        evidence.read(units, units.length, table);
        const values = Float32Array.from(evidence.values.subarray(0, units.length), (value) => value / STEPS_PER_NAT);
        const earned = bestStretch(values, costs, units.length) + PRIOR;
        expect(evidence.best / STEPS_PER_NAT).toBeGreaterThanOrEqual(earned - 1e-4);
      }),
      { numRuns: 2000 },
    );
  });
});
