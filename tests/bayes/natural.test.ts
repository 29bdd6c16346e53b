import fc from 'fast-check';
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { describe, expect, it } from 'vitest';
import { Counts } from '../../src/bayes/counts.ts';
import { Distinct } from '../../src/bayes/distinct.ts';
import { lineLogOdds } from '../../src/bayes/fit.ts';

type Label = 'legit' | 'spam';
const token = fc.constantFrom(
  '久久',
  '在线',
  '会议',
  'report',
  'casino',
  'constructing',
  '的',
  '区二',
  'x',
  'to_string',
);
const tokens = fc.uniqueArray(token, { minLength: 1, maxLength: 6 });
const row = fc.record({ tokens, label: fc.constantFrom<Label>('legit', 'spam') });
const both = fc
  .array(row, { minLength: 2, maxLength: 20 })
  .filter((rows) => rows.some(({ label }) => label === 'spam') && rows.some(({ label }) => label === 'legit'));

/** Ids in the order of first sight: no hashing here. */
function exactCounts(rows: readonly { tokens: readonly string[]; label: Label }[]): {
  counts: Counts;
  ids: Map<string, number>;
} {
  const ids = new Map<string, number>();
  for (const { tokens } of rows) for (const name of tokens) if (!ids.has(name)) ids.set(name, ids.size);
  const counts = new Counts(ids.size);
  const distinct = new Distinct(ids.size);
  for (const { tokens, label } of rows) {
    const list = Uint32Array.from(tokens.map((name) => ids.get(name) ?? 0));
    counts.add(list, distinct.keep(list, list.length), label);
  }
  return { counts, ids };
}

describe('naive Bayes and natural', () => {
  it('give the same log-odds to 1e-9 on the same lines and features', () => {
    fc.assert(
      fc.property(both, tokens, (rows, query) => {
        const { counts, ids } = exactCounts(rows);
        const classifier = new BayesClassifier();
        for (const { tokens, label } of rows) classifier.addDocument([...tokens], label);
        classifier.train();
        const values = new Map(classifier.getClassifications([...query]).map(({ label, value }) => [label, value]));
        const expected = Math.log(values.get('spam') ?? 0) - Math.log(values.get('legit') ?? 0);
        const known = Uint32Array.from(query.flatMap((name) => ids.get(name) ?? []));
        expect(Math.abs(lineLogOdds(counts, known, known.length) - expected)).toBeLessThan(1e-9);
      }),
    );
  });
});
