import { driftOf, type Distribution, type Drift } from '../evaluation/drift.ts';
import type { Novelty } from '../samples/novelty.ts';
import type { Sieve } from '../sieve.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { TrainingRow } from './corpus.ts';

/**
 * What is counted of lines, of traffic and of held-out rows alike: what was made of a line (`none`, `review`, `remove`), the tenth of its
 * posterior, the rules of findings, whether half or more of its terms is unseen (`novel`) or less (`known`).
 */
export const LINE_FIGURES = ['line', 'line-posterior', 'rule', 'unseen'] as const;
export type LineFigure = (typeof LINE_FIGURES)[number];

/** Figures of lines with one label. */
export interface LabelFigures {
  readonly lines: number;
  readonly figures: Readonly<Record<LineFigure, Distribution>>;
}

/** What a model made of held-out rows when it was built: kept in its card, and held against traffic. */
export interface ExpectedFigures {
  readonly honest: LabelFigures;
  readonly spam: LabelFigures;
}

/** One line in a hundred is taken for injected, as where posteriors are fitted (`scripts/calibrate.ts`). */
const INJECTED = 0.01;

/** Figures of a verdict, each with how often its value came. */
export function* figuresOf(verdict: Verdict): Generator<[figure: LineFigure, key: string, count: number]> {
  const { spans, coverage } = verdict;
  const flagged = Map.groupBy(spans, ({ line }) => line);
  for (const found of flagged.values()) {
    yield ['line', found.some(({ action }) => action === 'remove') ? 'remove' : 'review', 1];
    yield ['line-posterior', tenthOf(Math.max(...found.map(({ posterior }) => posterior))), 1];
  }
  const clear = coverage.lines - flagged.size;
  if (clear > 0) yield* [clearOf('line', 'none', clear), clearOf('line-posterior', '0', clear)];
  const codes = new Set(spans.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
  for (const code of codes) if (code.startsWith('rule:')) yield ['rule', code.slice(5), 1];
}

const clearOf = (figure: LineFigure, key: string, count: number): [LineFigure, string, number] => [figure, key, count];

/**
 * Lines of which half is unseen: 3 in 100 of honest ones. Tenths of the share told 56 of 74 sites that are made of one file of a corpus to
 * be unlike the held-out rows, which are of all languages and short; this tells five, of languages and times hardly any line was counted of
 * (`npm run -s eval:drift`).
 */
const NOVEL = 0.5;

/** `novel` or `known`, by the share of unseen terms in a line. */
export function noveltyKey(share: number): 'novel' | 'known' {
  return share >= NOVEL ? 'novel' : 'known';
}

/**
 * From here on, lines are unlike what a card expects. Of 74 sites, each a file of honest corpora, none is above .07 by what was made of its
 * lines; with a fifth of its lines injected all are above .1, with a tenth none (`npm run -s eval:drift`).
 */
export const CARD_BAND = 0.1;

/** How far lines are from what a card expects. Of unseen terms, only more are drift. */
export function driftFrom(card: ExpectedFigures, figure: LineFigure, now: Distribution): Drift {
  return driftOf(figure, expectedOf(card, figure), now, { band: CARD_BAND, worse: WORSE[figure] });
}

/** The value of a figure of which only more is drift. */
export const WORSE: Readonly<Record<string, string | undefined>> = { unseen: 'novel' };

function tenthOf(posterior: number): string {
  return String(Math.min(9, Math.floor(10 * posterior)));
}

/** What a sieve makes of held-out rows. Without `novelty` nothing is said of unseen terms. */
export function expectedFigures(
  sieve: Sieve,
  novelty: Novelty | null,
  rows: readonly Pick<TrainingRow, 'text' | 'label'>[],
): ExpectedFigures {
  const of = (label: 'legit' | 'spam'): LabelFigures => {
    const figures = { line: {}, 'line-posterior': {}, rule: {}, unseen: {} };
    let lines = 0;
    for (const { text } of rows.filter((row) => row.label === label)) {
      const verdict = sieve.check({ text, id: '' });
      lines += verdict.coverage.lines;
      for (const [figure, key, count] of figuresOf(verdict)) add(figures[figure], key, count);
      for (const share of novelty?.sharesOf(text) ?? []) add(figures.unseen, noveltyKey(share), 1);
    }
    return { lines, figures };
  };
  return { honest: of('legit'), spam: of('spam') };
}

/** How often each value of a figure is to be expected, by rate, in a total of as many observations as there were. */
export function expectedOf({ honest, spam }: ExpectedFigures, figure: LineFigure): Distribution {
  const [ofHonest, ofSpam] = [honest.figures[figure], spam.figures[figure]];
  const rates: Record<string, number> = Object.create(null);
  for (const [key, count] of Object.entries(ofHonest)) add(rates, key, ((1 - INJECTED) * count) / honest.lines);
  for (const [key, count] of Object.entries(ofSpam)) add(rates, key, (INJECTED * count) / spam.lines);
  const scale = (sum(ofHonest) + sum(ofSpam)) / (sum(rates) || 1);
  return Object.fromEntries(Object.entries(rates).map(([key, rate]) => [key, rate * scale]));
}

function add(distribution: Record<string, number>, key: string, count: number): void {
  distribution[key] = (Object.hasOwn(distribution, key) ? distribution[key] : 0) + count;
}

function sum(distribution: Distribution): number {
  return Object.values(distribution).reduce((total, count) => total + count, 0);
}
