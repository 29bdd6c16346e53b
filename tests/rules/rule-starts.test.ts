import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompiledRules } from '../../src/rules/compile.ts';
import { compiledRules } from '../../src/rules/compiled.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { RuleStarts } from '../../src/rules/rule-starts.ts';
import { rule } from './sets-of-rules.ts';

const unitsOf = (text: string): Uint16Array => Uint16Array.from(text.split(''), (unit) => unit.charCodeAt(0));
const same = (text: string): string => text;

function startsOf(...literals: [string, ...string[]]): RuleStarts {
  return CompiledRules.of({ rules: [rule({ id: 'a.b', literals })], allow: [] }, same).starts;
}

describe('RuleStarts', () => {
  it('misses no literal, whatever stands behind it', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '久', '精', '.', ' '), minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), text, (literals, behind) => {
        const starts = startsOf(...(literals as [string, ...string[]]));
        for (const literal of literals) {
          const units = unitsOf(`x${literal}${behind}`);
          expect(starts.mayStand(units, 1, units.length), literal).toBe(true);
          expect(starts.mayStand(units, 1, 1 + literal.length), literal).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tells literals from what shares their first four units', () => {
    const starts = startsOf('abcde', 'xyz');
    expect(
      ['abcdx', 'abxde', 'xyabc', 'ab', 'xy'].filter((text) => starts.mayStand(unitsOf(text), 0, text.length)),
    ).toEqual([]);
    expect(starts.mayStand(unitsOf('xab'), -1, 3)).toBe(false);
  });

  it('notices literals of scripts without blanks by a pair as well, words by a triple alone', () => {
    expect(startsOf('羊毛衫').ngrams).toHaveLength(2);
    expect(startsOf('毛衫裤').ngrams).toContain(startsOf('毛衫').ngrams[0]);
    expect(startsOf('wool').ngrams).toHaveLength(1);
    expect(startsOf('wool羊').ngrams).toHaveLength(2);
  });

  it('of rows that were added to others are those of the whole set', () => {
    const rows = ['毛衫', 'wool', 'woolly', '久久'].map((literal) => rule({ id: `a.${literal}`, literals: [literal] }));
    const base = CompiledRules.of({ rules: rows.slice(0, 2), allow: [] }, same);
    const set = { rules: rows, allow: [] };
    expect(CompiledRules.of(set, same, base).starts).toEqual(CompiledRules.of(set, same).starts);
    expect(base.starts).toBe(base.layers[0].starts);
  });

  it('name each n-gram once, in ascending order', () => {
    const { ngrams } = compiledRules(builtinRules).starts;
    expect([...ngrams]).toEqual([...new Set(ngrams)].sort((a, b) => a - b));
  });
});
