import { builtinRules, createSieve, type Sieve } from '../../index.ts';
import { loadBaseParts } from '../base-parts.ts';
import { loadBaseSieve } from '../base-sieve.ts';
import { UserFailure } from '../failure.ts';

/** The base sieve without some of its rules. Throws a UserFailure for an id that no rule has. */
export async function auditSieve(excludeRules: readonly string[]): Promise<Sieve> {
  if (excludeRules.length === 0) return await loadBaseSieve();
  const ids = new Set(builtinRules.rules.map(({ id }) => id));
  const unknown = excludeRules.find((id) => !ids.has(id));
  if (unknown !== undefined)
    throw new UserFailure(`--exclude-rule ${unknown}: there is no such rule; a finding names its rules as rule:<id>`);
  const excluded = new Set(excludeRules);
  const rules = { ...builtinRules, rules: builtinRules.rules.filter(({ id }) => !excluded.has(id)) };
  const { model, policy } = await loadBaseParts();
  return await createSieve({ model, policy, rules });
}
