import { boundaries, boundariesByJoint } from '../src/evaluation/boundaries.ts';
import type { DocumentOutcome, Range } from '../src/evaluation/observation.ts';
import type { Sieve } from '../src/sieve.ts';
import { createRandom, type Random } from '../src/training/random.ts';
import { percent } from './eval-lines.ts';

/** A document with injections in known places. */
export interface InjectedDocument {
  readonly joint: string;
  readonly text: string;
  /** In order, not overlapping. */
  readonly truth: readonly Range[];
  /** The same without any. */
  readonly clean: string;
}

/** Composes one document around an article. */
export type Injection = (article: readonly string[], random: Random) => InjectedDocument;

export interface DocumentFigures {
  readonly documents: number;
  /** Shares: all spans with both ends right and nothing else; each end at most three units off. */
  readonly exact: number;
  readonly within3: number;
  /** Of characters. */
  readonly precision: number;
  readonly recall: number;
  /** Share of injections of which at least half was found. */
  readonly injectionsFound: number;
  readonly cleanFlagged: number;
  /** Exact by joint. */
  readonly joints: Readonly<Record<string, number>>;
}

/** Lines of prose in a new order each time. */
export function* articles(prose: readonly string[], count: number, random: Random): Generator<string[]> {
  for (let d = 0; d < count; d++) yield Array.from({ length: 5 + random.int(10) }, () => random.oneOf(prose));
}

/** Figures of `count` documents; the same for the same prose, injection and sieve. */
export function documentFigures(
  sieve: Sieve,
  prose: readonly string[],
  count: number,
  inject: Injection,
): DocumentFigures {
  const random = createRandom(5);
  const outcomes: DocumentOutcome[] = [];
  let cleanFlagged = 0;
  for (const article of articles(prose, count, random)) {
    const { joint, text, truth, clean } = inject(article, random);
    if (sieve.check({ text: clean, id: '' }).spans.length > 0) cleanFlagged++;
    const found = sieve.check({ text, id: '' }).spans.map(({ start, end }) => ({ start, end }));
    outcomes.push({ joint, truth, found });
  }
  const { exact, near, precision, recall } = boundaries(outcomes);
  const all = outcomes.flatMap(({ truth, found }) => truth.map((range) => covered(range, found)));
  return {
    documents: count,
    exact: exact.share,
    within3: near.share,
    precision,
    recall,
    injectionsFound: all.filter((share) => share >= 0.5).length / all.length,
    cleanFlagged: cleanFlagged / count,
    joints: Object.fromEntries(
      Object.entries(boundariesByJoint(outcomes)).map(([joint, figures]) => [joint, figures.exact.share]),
    ),
  };
}

/** Verdicts on documents that are spam through and through, in percent by verdict. */
export function wholeSpam(sieve: Sieve, count: number, list: (random: Random) => string): Record<string, number> {
  const random = createRandom(13);
  const verdicts: Record<string, number> = {};
  for (let d = 0; d < count; d++) {
    const text = Array.from({ length: 3 + random.int(6) }, () => list(random)).join('\n');
    const { verdict } = sieve.check({ text, id: '' });
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(verdicts).map(([name, n]) => [name, percent(n, count)]));
}

function covered({ start, end }: Range, found: readonly Range[]): number {
  const units = found.reduce((sum, one) => sum + Math.max(0, Math.min(end, one.end) - Math.max(start, one.start)), 0);
  return units / (end - start);
}
