import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/text/lines.ts';

describe('linesOf', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\nb', ['a', 'b']],
    ['a\r\nb\rc\u2028d\u2029e', ['a', 'b', 'c', 'd', 'e']],
    ['\n\n', ['', '']],
    ['a\r\n\r\nb', ['a', '', 'b']],
    ['\r', ['']],
  ])('splits %j', (text, expected) => {
    expect(linesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it('tiles any text: lines and their breaks, nothing twice, nothing lost', () => {
    const units = fc.array(fc.constantFrom('a', '久', '\n', '\r', '\u2028', '\u2029'), { maxLength: 40 });
    fc.assert(
      fc.property(units, (parts) => {
        const text = parts.join('');
        const lines = linesOf(text);
        expect(lines.map(({ start, next }) => text.slice(start, next)).join('')).toBe(text);
        for (const [i, { start, end, next, n }] of lines.entries()) {
          expect(n).toBe(i + 1);
          expect(text.slice(start, end)).not.toMatch(/[\n\r\u2028\u2029]/);
          expect(['', '\n', '\r', '\r\n', '\u2028', '\u2029']).toContain(text.slice(end, next));
        }
      }),
    );
  });

  it('reads a million empty lines', () => {
    expect(linesOf('\n'.repeat(1_000_000))).toHaveLength(1_000_000);
  });
});
