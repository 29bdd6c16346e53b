import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeBuiltinRules, RULES_FILE } from '../../scripts/generate-rules.ts';
import { loadBaseParts } from '../../src/node/base-parts.ts';
import { CompiledRules } from '../../src/rules/compile.ts';
import { decodeLiterals, encodeLiterals } from '../../src/rules/compiled-codec.ts';
import { compiledRules, providedDigest, provideRules } from '../../src/rules/compiled.ts';
import { RuleHits } from '../../src/rules/hits.ts';
import { findEverything } from '../../src/rules/lint.ts';
import { Patterns } from '../../src/rules/patterns.ts';
import type { RuleSet } from '../../src/rules/rule.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { createSieve } from '../../src/sieve.ts';
import { foldString } from '../../src/text/fold.ts';
import { rule } from './sets-of-rules.ts';

const file = new Uint8Array(readFileSync(RULES_FILE));
const examples = [...builtinRules.rules, ...builtinRules.allow].flatMap(({ hits, misses }) => [...hits, ...misses]);

function hitsOf(rules: CompiledRules, text: string): unknown {
  const { hits, allowed } = findEverything(rules, foldString(text), new RuleHits());
  return [hits, allowed];
}

describe('compiled rules as bytes', () => {
  it('are those of the rules as they are: run npm run generate', async () => {
    expect(Buffer.from(await encodeBuiltinRules()).equals(Buffer.from(file))).toBe(true);
  });

  it('hit what rules that were compiled here hit', () => {
    const compiled = CompiledRules.of(builtinRules, foldString);
    const { literals } = decodeLiterals(file);
    const decoded = new CompiledRules(builtinRules, [literals], new Patterns(builtinRules.rules, 0, null, foldString));
    expect(decoded.starts).toEqual(compiled.starts);
    for (const text of [...examples, examples.join(' ')])
      expect(hitsOf(decoded, text), text).toEqual(hitsOf(compiled, text));
  });

  it('are refused where they are cut off', () => {
    expect(() => decodeLiterals(file.slice(0, -2))).toThrow(/compiled rules have \d+ words where they promise \d+/);
  });

  it('hold no set with more than 65,535 states', () => {
    const literals = Array.from({ length: 70 }, (_, i) => String.fromCharCode(0x4e00 + i).repeat(1000));
    const set: RuleSet = { rules: [rule({ id: 'a.b', literals: literals as [string, ...string[]] })], allow: [] };
    const compiled = { digest: new Uint8Array(32), literals: CompiledRules.of(set, foldString).layers[0] };
    expect(() => encodeLiterals(compiled)).toThrow(/does not fit into 16 bits/);
  });
});

it('provided rules have the digest of the set, and rows of a site are added to them', async () => {
  const parts = await loadBaseParts();
  const digestOf = async (rules: RuleSet): Promise<string> => (await createSieve({ ...parts, rules })).engine.rules;
  expect(providedDigest({ ...builtinRules })).toBeNull();
  provideRules(file);
  expect(providedDigest(builtinRules)).toEqual(file.subarray(0, 32));
  expect(await digestOf(builtinRules)).toBe(await digestOf({ ...builtinRules }));
  const own = rule({ id: 'site.wool', literals: ['羊毛衫'] });
  const set = { ...builtinRules, rules: [...builtinRules.rules, own] };
  const alone = CompiledRules.of(set, foldString);
  for (const text of [...examples, '羊毛衫', '久久羊毛衫'])
    expect(hitsOf(compiledRules(set), text), text).toEqual(hitsOf(alone, text));
});
