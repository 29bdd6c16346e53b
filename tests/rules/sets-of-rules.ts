import { CompiledRules } from '../../src/rules/compile.ts';
import { RuleHits } from '../../src/rules/hits.ts';
import { findEverything } from '../../src/rules/lint.ts';
import type { AllowTerm, Rule, RuleSet } from '../../src/rules/rule.ts';
import { foldString } from '../../src/text/fold.ts';

/** A row with nothing wrong about it, changed as a test wants it. */
export function rule(changes: Partial<Rule> & { id: string }): Rule {
  return {
    group: 'other',
    category: '',
    weight: 1,
    description: 'A row of a test',
    hits: ['abcd'],
    misses: ['xyz'],
    ...changes,
  };
}

export function allowTerm(id: string, ...literals: [string, ...string[]]): AllowTerm {
  return { id, description: 'A term of a test', literals, hits: literals, misses: ['xyz'] };
}

/** What a set finds in a text: `id[start,end)`, with the allow-term that covers it. */
export function hitsOf(set: RuleSet, text: string): string[] {
  const { hits, allowed } = findEverything(CompiledRules.of(set, foldString), foldString(text), new RuleHits());
  return hits.map(({ rule: index, start, end, allowedBy }) => {
    const covered = allowedBy < 0 ? '' : ` ${set.allow[allowed[allowedBy].term].id}`;
    return `${set.rules[index].id}[${start},${end})${covered}`;
  });
}
