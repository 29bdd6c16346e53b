import type { Observation } from '../../evaluation/observation.ts';
import type { Sieve } from '../../sieve.ts';
import type { TrainingRow } from '../../training/corpus.ts';
import type { InjectedSpan } from '../../verdict/verdict.ts';
import { RuleReader } from './rule-reader.ts';

/** A line whose truth is known. */
export type TrueLine = Omit<TrainingRow, 'category'> & { readonly category: string };

/** What the sieve makes of one line; `rules` is used again from line to line. */
export function observe(sieve: Sieve, row: TrueLine, rules: RuleReader = new RuleReader()): Observation {
  const { id, text, label, category, language, kind, source } = row;
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
    rules: rulesOf(rules.ids(text), spans),
  };
}

function rulesOf(ids: readonly string[], spans: readonly InjectedSpan[]): { id: string; decisive: boolean }[] {
  const decisive = new Set(spans.flatMap(decisiveRules));
  return ids.map((id) => ({ id, decisive: decisive.has(id) }));
}

/** Rules without whose hits, all of them together, a span would not have been found. */
function decisiveRules({ reasons, logOdds }: InjectedSpan): string[] {
  const weights = new Map<string, number>();
  for (const { code, weight } of reasons) weights.set(code, (weights.get(code) ?? 0) + weight);
  return [...weights]
    .filter(([code, weight]) => code.startsWith('rule:') && logOdds - weight <= 0)
    .map(([code]) => code.slice('rule:'.length));
}
