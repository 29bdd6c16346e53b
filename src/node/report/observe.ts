import type { Observation } from '../../evaluation/observation.ts';
import type { Sieve } from '../../sieve.ts';
import type { TrainingRow } from '../../training/corpus.ts';
import type { InjectedSpan } from '../../verdict/verdict.ts';

/** A line whose truth is known. */
export type TrueLine = Omit<TrainingRow, 'category'> & { readonly category: string };

/** What the sieve makes of one line. */
export function observe(sieve: Sieve, { id, text, label, category, language, kind, source }: TrueLine): Observation {
  const { spans, lines } = sieve.check({ text, id }, { lines: true });
  const strongest = [...spans].sort((a, b) => b.posterior - a.posterior)[0];
  return {
    id,
    text,
    isSpam: label === 'spam',
    category,
    language,
    kind,
    source,
    score: lines?.[0]?.logOdds ?? 0,
    posterior: strongest?.posterior ?? lines?.[0]?.posterior ?? 0,
    action: spans.length === 0 ? 'pass' : spans.some((span) => span.action === 'remove') ? 'remove' : 'review',
    foundCategory: strongest?.category ?? '',
    spans: spans.map(({ start, end }) => ({ start, end })),
    rules: spans.flatMap(rulesOf),
  };
}

function rulesOf({ reasons, logOdds }: InjectedSpan): { id: string; decisive: boolean }[] {
  return reasons
    .filter(({ code }) => code.startsWith('rule:'))
    .map(({ code, weight }) => ({ id: code.slice('rule:'.length), decisive: logOdds - weight <= 0 }));
}
