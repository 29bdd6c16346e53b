import { describe, expect, it } from 'vitest';
import { KnownTerms } from '../../src/bayes/known-terms.ts';
import { Novelty } from '../../src/samples/novelty.ts';
import {
  driftFrom,
  expectedOf,
  expectedFigures,
  figuresOf,
  type ExpectedFigures,
} from '../../src/training/line-figures.ts';
import type { InjectedSpan, Verdict } from '../../src/verdict/verdict.ts';
import { fakeSieve } from '../service/fake-sieve.ts';

const span = (line: number, action: 'remove' | 'review', posterior: number, ...rules: string[]): InjectedSpan => ({
  start: 0,
  end: 1,
  line,
  category: 'adult',
  logOdds: 1,
  posterior,
  action,
  reasons: rules.map((rule) => ({ code: `rule:${rule}`, weight: 1 })),
});

const verdict = (lines: number, ...spans: InjectedSpan[]): Verdict => ({
  ...fakeSieve.check({ text: 'x' }),
  spans,
  coverage: { lines, characters: 1, truncated: false },
});

function counted(of: Verdict): Record<string, number> {
  return Object.fromEntries([...figuresOf(of)].map(([figure, key, count]) => [`${figure} ${key}`, count]));
}

const card = (flagged: number): ExpectedFigures => {
  const none = { line: {}, 'line-posterior': {}, rule: {}, unseen: {} };
  const honest = { lines: 400, figures: { ...none, line: { none: 400 - flagged, review: flagged } } };
  return { honest, spam: { lines: 200, figures: { ...none, line: { none: 100, remove: 100 }, rule: { a: 600 } } } };
};

describe('figures of lines', () => {
  it('count a line once, by the surest of its spans, and those without a span', () => {
    const found = verdict(5, span(2, 'review', 0.55, 'a'), span(2, 'remove', 0.99, 'a', 'b'));
    expect(counted(found)).toEqual({
      'line remove': 1,
      'line none': 4,
      'line-posterior 9': 1,
      'line-posterior 0': 4,
      'rule a': 1,
      'rule b': 1,
    });
  });

  it('are expected by rate, at one injected line in a hundred', () => {
    const line = expectedOf(card(4), 'line');
    expect(line['none'] / 600).toBeCloseTo(0.99 * (396 / 400) + 0.01 * 0.5, 12);
    expect(line['review'] / 600).toBeCloseTo(0.99 * (4 / 400), 12);
    expect(line['remove'] / 600).toBeCloseTo(0.01 * 0.5, 12);
    expect(expectedOf(card(4), 'rule')).toEqual({ a: 600 });
    expect(expectedOf(card(4), 'unseen')).toEqual({});
  });

  it('leave their band where a fifth of the lines is flagged, not where none is', () => {
    expect(driftFrom(card(4), 'line', { none: 10_000 })).toMatchObject({ drifted: false });
    expect(driftFrom(card(4), 'line', { none: 8000, remove: 2000 })).toMatchObject({ drifted: true });
  });

  it('of a sieve are counted by label, unseen terms where they can be told', () => {
    const rows = [
      { text: 'nothing known stands here now', label: 'legit' as const },
      { text: 'x', label: 'spam' as const },
    ];
    const novelty = new Novelty(KnownTerms.of(new Set([1])));
    expect(expectedFigures(fakeSieve, novelty, rows)).toMatchObject({
      honest: { lines: 1, figures: { unseen: { novel: 1 } } },
      spam: { lines: 1, figures: { unseen: {} } },
    });
    expect(expectedFigures(fakeSieve, null, rows).honest.figures.unseen).toEqual({});
  });
});
