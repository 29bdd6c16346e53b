import type { CheckInput, VerdictKind } from '../index.ts';
import { CompiledRules } from '../rules/compile.ts';
import { RuleHits } from '../rules/hits.ts';
import { findEverything } from '../rules/lint.ts';
import type { SiteRule } from '../store/store.ts';
import { foldString } from '../text/fold.ts';
import type { StoreDependencies } from './dependencies.ts';
import { judge } from './judge.ts';
import type { Site } from './judged.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import { ruleSetOf } from './site-rule.ts';
import { withinBudget } from './text-budget.ts';
import type { TenantSieves } from './tenant-sieves.ts';

/** A day's articles of a busy desk. */
const DEFAULT_RECENT = 50;

export interface Trial {
  readonly text?: string;
  readonly recent?: number;
}

/** What a rule hits in a text, and which verdicts on it and on recent honest texts of the site it would change. */
export async function tryRule(
  dependencies: StoreDependencies,
  sieves: TenantSieves,
  { tenant, requestId }: { readonly tenant: string; readonly requestId: string },
  rule: SiteRule,
  { text, recent = DEFAULT_RECENT }: Trial,
) {
  const { store, clock = Date.now } = dependencies;
  const settings = (await store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
  const { rules } = await store.rules.list(tenant, clock());
  const withRule = [...rules.filter(({ id }) => id !== rule.id), rule];
  const before = await sieves.siteOf(tenant, requestId);
  const after = await sieves.buildWith(tenant, withRule, settings, requestId);
  const compared: ({ readonly verdictId: string } & Comparison)[] = [];
  const honest = recent === 0 ? [] : withinBudget(store.verdicts.recentHonest(tenant, recent, clock()));
  for await (const one of honest)
    compared.push({ verdictId: one.id, ...compare(before, after, { [one.input]: one.text }) });
  return {
    matches: text === undefined ? [] : matchesOf(rule, text),
    text: text === undefined ? null : compare(before, after, { text }),
    tried: compared.length,
    changes: compared.filter((one) => one.before !== one.after),
  };
}

interface Comparison {
  readonly before: VerdictKind;
  readonly after: VerdictKind;
}

function compare(before: Site, after: Site, input: CheckInput): Comparison {
  const kind = (site: Site) => judge(site, input, {}).verdict.verdict;
  return { before: kind(before), after: kind(after) };
}

/** Folded. */
function matchesOf(rule: SiteRule, text: string): string[] {
  const folded = foldString(text);
  const { hits, allowed } = findEverything(CompiledRules.of(ruleSetOf([rule]), foldString), folded, new RuleHits());
  return [...hits, ...allowed].map(({ start, end }) => folded.slice(start, end));
}
