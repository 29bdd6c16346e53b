import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compiledRules } from '../../src/rules/compiled.ts';
import { CompiledRules } from '../../src/rules/compile.ts';
import { RuleHits } from '../../src/rules/hits.ts';
import type { Rule, RuleSet } from '../../src/rules/rule.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { foldString } from '../../src/text/fold.ts';

const own = (literals: [string, ...string[]]): Rule => ({
  id: 'site.own',
  group: 'gambling',
  category: 'gambling',
  literals,
  weight: 4,
  description: 'own',
  hits: [literals[0]],
  misses: ['x'],
});
const withOwn = (...literals: [string, ...string[]]): RuleSet => ({
  ...builtinRules,
  rules: [...builtinRules.rules, own(literals)],
});

function hitsOf(rules: CompiledRules, text: string): unknown {
  const folded = foldString(text);
  const units = Uint16Array.from(folded, (unit) => unit.charCodeAt(0));
  const found = new RuleHits();
  rules.match(units, units.length, Int32Array.from(units.keys()), units.length, found);
  return { hits: found.hits, allowed: found.allowed };
}

const set = withOwn('zorblatt palace', '久.久.精.品', 'ＷＩＤＥ', '国产');
const words = fc.constantFrom(
  'zorblatt palace',
  '久久精品',
  'wide',
  '国产',
  '娱乐城',
  '一区二区',
  '国产汽车',
  'casino',
  '的',
  ' ',
  ',',
  '_',
);

it('a set of a site on top of the built-in rows hits what the whole set compiled alone hits', () => {
  const [shared, alone] = [compiledRules(set), CompiledRules.of(set, foldString)];
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      expect(hitsOf(shared, parts.join(''))).toEqual(hitsOf(alone, parts.join('')));
    }),
    { numRuns: 500 },
  );
});

it('spread-out and wide literals are folded as text is', () => {
  const codes = (text: string) =>
    (hitsOf(compiledRules(set), text) as { hits: { rule: number }[] }).hits.map(({ rule }) => set.rules[rule].id);
  expect(codes('久久精品')).toContain('site.own');
  expect(codes('wide')).toContain('site.own');
});

it('a set is compiled once', () => {
  expect(compiledRules(set)).toBe(compiledRules(set));
});
