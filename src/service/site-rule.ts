import * as z from 'zod/mini';
import { builtinRules, type AllowTerm, type Rule, type RuleSet } from '../index.ts';
import { lintRules, type LintFinding } from '../rules/lint.ts';
import type { SiteRule } from '../store/store.ts';
import { foldString } from '../text/fold.ts';

/** What of a rule is kept under `pattern` in the store, as JSON. */
const matcher = z.object({
  literals: z.optional(z.array(z.string())),
  pattern: z.optional(z.string()),
  needs: z.optional(z.array(z.string())),
  hits: z.array(z.string()),
  misses: z.array(z.string()),
});

export type Matcher = z.infer<typeof matcher>;

/** An honest text for rules that come without one: the linter wants each tried on some. */
const HONEST = 'The library opens at nine.';

export function encodeMatcher({ literals, pattern, needs, hits, misses }: Partial<Matcher>): string {
  const examples = { hits: hits ?? literals?.slice(0, 1) ?? [], misses: misses ?? [HONEST] };
  return JSON.stringify({ literals, pattern, needs, ...examples });
}

/** Throws where the row was not written by this service. */
export function matcherOf({ pattern }: SiteRule): Matcher {
  return matcher.parse(JSON.parse(pattern));
}

/** The engine's name of a site's rule: no built-in one can have it. It is what reasons of a verdict say. */
export function engineId({ kind, id }: Pick<SiteRule, 'kind' | 'id'>): string {
  return kind === 'allow' ? `allow.site-${id}` : `site.${id}`;
}

/** Rows of the store as rows of the engine. */
export function ruleSetOf(rows: readonly SiteRule[]): RuleSet {
  return {
    rules: rows.filter(({ kind }) => kind === 'deny').map(ruleOf),
    allow: rows.filter(({ kind }) => kind === 'allow').map(allowTermOf),
  };
}

/** The built-in rules with those of a site. */
export function withBuiltin({ rules, allow }: RuleSet): RuleSet {
  return { rules: [...builtinRules.rules, ...rules], allow: [...builtinRules.allow, ...allow] };
}

/** What is wrong with one rule beside the others of its site. O(size of the set). */
export function lintSiteRule(rule: SiteRule, others: readonly SiteRule[]): LintFinding[] {
  const set = ruleSetOf([...others.filter(({ id }) => id !== rule.id), rule]);
  return lintRules(set, foldString).filter((finding) => finding.rule === engineId(rule));
}

function ruleOf(row: SiteRule): Rule {
  const { literals, pattern, needs, hits, misses } = matcherOf(row);
  return {
    id: engineId(row),
    group: 'other',
    category: row.category as Rule['category'],
    weight: row.weight,
    description: row.description,
    ...(literals === undefined ? {} : { literals: literals as [string] }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(needs === undefined ? {} : { needs: needs as [string] }),
    hits: hits as [string],
    misses: misses as [string],
  };
}

function allowTermOf(row: SiteRule): AllowTerm {
  const { literals = [], hits, misses } = matcherOf(row);
  return {
    id: engineId(row),
    description: row.description,
    literals: literals as unknown as [string],
    hits: hits as [string],
    misses: misses as [string],
  };
}
