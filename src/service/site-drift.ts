import { driftOf, type Distribution, type Drift } from '../evaluation/drift.ts';
import type { Novelty } from '../samples/novelty.ts';
import type { FigureCount, Store } from '../store/store.ts';
import { withinBudget } from './text-budget.ts';
import { driftFrom, LINE_FIGURES, noveltyKey, WORSE, type ExpectedFigures } from '../training/line-figures.ts';

/** Weeks that the last one is held against. */
const WEEKS_BEFORE = 4;
const EXAMPLES = 5;
/** Texts that passed which are looked through for novel lines. */
const PASSED_LOOKED_AT = 100;
const FIGURES = ['verdict', 'posterior', 'rule', 'unseen'] as const;

/** What a model made of held-out rows when it was built. */
export interface ModelExpectation {
  readonly model: string;
  readonly expected: ExpectedFigures;
}

/** What drift is held against and told with beside the figures of the store. */
export interface DriftParts {
  /** Of the base model; a site's own champion has its own. `null`: its card says nothing. */
  readonly base: ModelExpectation | null;
  /** Finds examples of novel lines; `null`: none are given. */
  readonly novelty: Novelty | null;
}

export interface SiteDrift {
  readonly week: string | null;
  readonly before: readonly string[];
  readonly drifted: boolean;
  /** Against the weeks before. */
  readonly figures: readonly Drift[];
  /** Against the card of the champion; `null` where it says nothing. */
  readonly card: { readonly model: string; readonly figures: readonly Drift[] } | null;
  /** Verdicts of the log. */
  readonly examples: readonly string[];
}

/** How far the traffic of the last week is from that of the weeks before, and from what the champion's card expects. */
export async function driftOfSite(
  store: Store,
  tenant: string,
  { base, novelty }: DriftParts,
  at: number,
): Promise<SiteDrift> {
  const [week = null, ...before] = await store.figures.weeks(tenant, WEEKS_BEFORE + 1);
  const now = week === null ? [] : await store.figures.of(tenant, week);
  const then = (await Promise.all(before.map((one) => store.figures.of(tenant, one)))).flat();
  const figures = FIGURES.map((figure) =>
    driftOf(figure, distributionOf(then, figure), distributionOf(now, figure), { worse: WORSE[figure] }),
  );
  const card = fromCard(await expectationOf(store, tenant, base), now);
  const moved = [...figures, ...(card?.figures ?? [])].filter(({ drifted }) => drifted);
  const drifted = moved.length > 0;
  const isNovel = moved.some(({ figure }) => figure === 'unseen');
  const examples = [
    ...(isNovel && novelty !== null ? await novelOnes(store, tenant, novelty, at) : []),
    ...(drifted ? await flaggedOnes(store, tenant, at) : []),
  ];
  return { week, before, drifted, figures, card, examples: examples.slice(0, EXAMPLES) };
}

async function expectationOf(store: Store, tenant: string, base: ModelExpectation | null) {
  const { champion } = await store.models.aliases(tenant);
  if (champion === null) return base;
  const card = (await store.models.get(tenant, champion))?.card as { expected?: ExpectedFigures } | undefined;
  return card?.expected === undefined ? base : { model: champion, expected: card.expected };
}

function fromCard(expectation: ModelExpectation | null, now: readonly FigureCount[]): SiteDrift['card'] {
  if (expectation === null) return null;
  const { model, expected } = expectation;
  return { model, figures: LINE_FIGURES.map((figure) => driftFrom(expected, figure, distributionOf(now, figure))) };
}

function distributionOf(counts: readonly FigureCount[], figure: string): Distribution {
  const distribution: Record<string, number> = Object.create(null);
  for (const one of counts) if (one.figure === figure) distribution[one.key] = (distribution[one.key] ?? 0) + one.count;
  return distribution;
}

async function flaggedOnes(store: Store, tenant: string, at: number): Promise<string[]> {
  const kinds = ['review', 'clean', 'block'] as const;
  const pages = await Promise.all(
    kinds.map((verdict) => store.verdicts.list(tenant, { limit: EXAMPLES, verdict }, at)),
  );
  return pages.flatMap(({ items }) => items.map(({ id }) => id));
}

async function novelOnes(store: Store, tenant: string, novelty: Novelty, at: number): Promise<string[]> {
  const novel: string[] = [];
  for await (const { id, text } of withinBudget(store.verdicts.recentHonest(tenant, PASSED_LOOKED_AT, at))) {
    if (novelty.sharesOf(text).some((share) => noveltyKey(share) === 'novel')) novel.push(id);
    if (novel.length === EXAMPLES) break;
  }
  return novel;
}
