import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownTerms, listTerms, TermList } from '../../src/bayes/known-terms.ts';
import { unitClass } from '../../src/text/unit.ts';

const list = new TermList();

function termsOf(text: string): number[] {
  const units = Uint16Array.from(text, (unit) => unit.charCodeAt(0));
  listTerms(units, units.length, unitClass, list);
  return [...list.hashes.subarray(0, list.length)];
}

const hashes = fc.uniqueArray(fc.nat({ max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 300 });

describe('terms', () => {
  it('are words of two letters or more, and pairs where no blanks are written', () => {
    const [the, council, met] = termsOf('the council met');
    expect(new Set([the, council, met]).size).toBe(3);
    expect(termsOf('the, a council - met 2026')).toEqual([the, council, met]);
    const [one, two] = termsOf('会议在');
    expect(termsOf('会议')).toEqual([one]);
    expect(termsOf('会议，议在')).toEqual([one, two]);
  });

  it('part words from pairs, and letters with digits from digits', () => {
    expect(termsOf('covid19')).toHaveLength(1);
    expect(termsOf('2026 19')).toEqual([]);
    expect(termsOf('ab会议cd')).toHaveLength(3);
  });

  it('are as many as a line has, however long', () => {
    expect(termsOf('会'.repeat(5000))).toHaveLength(4999);
  });
});

describe('known terms', () => {
  it('hold every term that was put in, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(hashes, async (some) => {
        const known = KnownTerms.of(new Set(some));
        expect(some.every((hash) => known.has(hash))).toBe(true);
        const [bytes, reversed] = [await known.encode(), await KnownTerms.of(new Set(some.toReversed())).encode()];
        expect(Buffer.from(bytes).equals(Buffer.from(reversed))).toBe(true);
        const decoded = await KnownTerms.decode(bytes);
        expect(some.every((hash) => decoded.has(hash))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('take fewer than 3 in 100 others for seen', () => {
    const known = KnownTerms.of(new Set(Array.from({ length: 20_000 }, (_, at) => termsOf(`word${at}`)[0])));
    const others = Array.from({ length: 20_000 }, (_, at) => termsOf(`other${at}`)[0]);
    const seen = others.filter((hash) => known.has(hash)).length;
    expect(seen).toBeLessThan(600);
    expect(seen).toBeGreaterThan(0);
  });

  it('refuse bytes that are damaged or something else', async () => {
    const bytes = await KnownTerms.of(new Set([1, 2, 3])).encode();
    await expect(KnownTerms.decode(bytes.subarray(0, -1))).rejects.toThrow('are damaged');
    await expect(KnownTerms.decode(new Uint8Array(100))).rejects.toThrow('do not start with LSKT');
    await expect(KnownTerms.decode(new Uint8Array(0))).rejects.toThrow('0 bytes');
    const later = bytes.slice();
    later[4] = 9;
    await expect(KnownTerms.decode(later)).rejects.toThrow('format 9 are not read here');
  });
});
