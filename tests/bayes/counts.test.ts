import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Counts } from '../../src/bayes/counts.ts';
import { decodeCounts, decodeResidual, encodeCounts, encodeResidual } from '../../src/bayes/figures.ts';

const FEATURES = 50;
const ids = fc.uniqueArray(fc.nat(FEATURES - 1), { maxLength: 10 }).map((list) => Uint32Array.from(list));
const line = fc.tuple(ids, fc.constantFrom<'legit' | 'spam'>('legit', 'spam'));

function countsOf(lines: readonly (readonly [Uint32Array, 'legit' | 'spam'])[]): Counts {
  const counts = new Counts(FEATURES);
  for (const [list, label] of lines) counts.add(list, list.length, label);
  return counts;
}

describe('Counts', () => {
  it('are the same bytes after adding and taking back, in any order of lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(line), async (kept, passing) => {
        const counts = countsOf([...kept, ...passing]);
        for (const [list, label] of passing.toReversed()) counts.subtract(list, list.length, label);
        const expected = await encodeCounts(countsOf(kept.toReversed()));
        expect(Buffer.from(await encodeCounts(counts)).equals(Buffer.from(expected))).toBe(true);
      }),
    );
  });

  it('add up as the lines would', async () => {
    const [a, b] = [countsOf([[Uint32Array.of(1, 2), 'spam']]), countsOf([[Uint32Array.of(2), 'legit']])];
    a.addAll(b);
    expect(a.legit[2] + a.spam[2]).toBe(2);
    expect([a.legitLines, a.spamLines]).toEqual([1, 1]);
  });

  it('refuse to take back what was never added, and other feature spaces', () => {
    const counts = countsOf([[Uint32Array.of(1), 'spam']]);
    expect(() => counts.subtract(Uint32Array.of(1), 1, 'legit')).toThrow(/never added/);
    expect(counts.spamLines).toBe(1);
    expect(() => counts.addAll(new Counts(7))).toThrow(/7 features/);
  });
});

describe('figures as bytes', () => {
  it('come back as they went', async () => {
    const counts = new Counts(3);
    counts.spam.set([0, 127, 4_000_000_000]);
    counts.legitLines = 300;
    const back = await decodeCounts(await encodeCounts(counts));
    expect([...back.spam]).toEqual([0, 127, 4_000_000_000]);
    expect(back.legitLines).toBe(300);
    const residual = await decodeResidual(await encodeResidual(Float32Array.of(-1.5, 0, 0, 0, 0.02, 3.25, 0)));
    expect([...residual].map((value) => value * 64)).toEqual([-96, 0, 0, 0, 1, 208, 0]);
  });

  it('keep runs of zeros in a few bytes', async () => {
    expect((await encodeResidual(new Float32Array(100_000))).length).toBeLessThan(60);
    expect(await decodeResidual(await encodeResidual(new Float32Array(100_000)))).toEqual(new Float32Array(100_000));
  });

  it('are refused where damaged or of another kind', async () => {
    const bytes = await encodeCounts(new Counts(3));
    await expect(decodeResidual(bytes)).rejects.toThrow(/no linesieve residual/);
    bytes[9] ^= 1;
    await expect(decodeCounts(bytes)).rejects.toThrow(/damaged/);
  });
});
