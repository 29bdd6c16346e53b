import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompiledRules } from '../../src/rules/compile.ts';
import { compiledRules } from '../../src/rules/compiled.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { RuleStarts, ruleStarts } from '../../src/verdict/rule-starts.ts';
import { rule } from '../rules/sets-of-rules.ts';

const unitsOf = (text: string): Uint16Array => Uint16Array.from(text.split(''), (unit) => unit.charCodeAt(0));
const same = (text: string): string => text;

function startsOf(...literals: [string, ...string[]]): RuleStarts {
  return new RuleStarts(CompiledRules.of({ rules: [rule({ id: 'a.b', literals })], allow: [] }, same));
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
    expect(startsOf('毛衫').ngrams[0]).toBe(startsOf('毛衫裤').ngrams.at(-1));
    expect(startsOf('wool').ngrams).toHaveLength(1);
    expect(startsOf('wool羊').ngrams).toHaveLength(2);
  });

  it('are gathered once for compiled rules', () => {
    expect(ruleStarts(compiledRules(builtinRules))).toBe(ruleStarts(compiledRules(builtinRules)));
  });
});
