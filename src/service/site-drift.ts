import { driftOf, type Distribution } from '../evaluation/drift.ts';
import type { FigureCount, Store } from '../store/store.ts';

/** Weeks that the last one is held against. */
const WEEKS_BEFORE = 4;
const EXAMPLES = 5;
const FIGURES = ['verdict', 'posterior', 'rule'] as const;

/** How far the traffic of the last week is from that of the weeks before. */
export async function driftOfSite(store: Store, tenant: string) {
  const [week = null, ...before] = await store.figures.weeks(tenant, WEEKS_BEFORE + 1);
  const now = week === null ? [] : await store.figures.of(tenant, week);
  const then = (await Promise.all(before.map((one) => store.figures.of(tenant, one)))).flat();
  const figures = FIGURES.map((figure) => driftOf(figure, distributionOf(then, figure), distributionOf(now, figure)));
  const drifted = figures.some((figure) => figure.drifted);
  return { week, before, drifted, figures, examples: drifted ? await examplesOf(store, tenant) : [] };
}

function distributionOf(counts: readonly FigureCount[], figure: string): Distribution {
  const distribution: Record<string, number> = Object.create(null);
  for (const one of counts) if (one.figure === figure) distribution[one.key] = (distribution[one.key] ?? 0) + one.count;
  return distribution;
}

async function examplesOf(store: Store, tenant: string): Promise<string[]> {
  const kinds = ['review', 'clean', 'block'] as const;
  const pages = await Promise.all(kinds.map((verdict) => store.verdicts.list(tenant, { limit: EXAMPLES, verdict })));
  return pages.flatMap(({ items }) => items.map(({ id }) => id)).slice(0, EXAMPLES);
}

/** ISO 8601 week of a time, for instance `2026-W48`: the week of its Thursday. */
export function weekOf(time: number): string {
  const date = new Date(time);
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 604_800_000);
  return `${year}-W${String(week).padStart(2, '0')}`;
}
