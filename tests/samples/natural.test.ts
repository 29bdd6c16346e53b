import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { describe, expect, it } from 'vitest';
import { Counts } from '../../src/bayes/counts.ts';
import { Distinct } from '../../src/bayes/distinct.ts';
import { BUCKETS } from '../../src/bayes/features.ts';
import { lineLogOdds } from '../../src/bayes/fit.ts';
import { naturalOfSamples, samplesOfNatural, tokensOf } from '../../src/samples/natural.ts';
import { SampleLine } from '../../src/samples/sample-line.ts';
import { SampleError, type NewSample } from '../../src/samples/sample.ts';
import { linesOf } from '../../src/text/lines.ts';
import { BARE, brief, complaints } from './formats/rows.ts';

/** As a user would: through a file. */
const restored = (value: unknown): BayesClassifier =>
  (BayesClassifier as unknown as { restore(saved: unknown): BayesClassifier }).restore(
    JSON.parse(JSON.stringify(value)),
  );

const sample = (label: 'legit' | 'spam', text: string): NewSample => ({ ...BARE, label, text });
const samples: readonly NewSample[] = [
  { ...sample('spam', 'best casino odds 2026\nbonus at the constructor casino'), category: 'gambling', author: 'ann' },
  sample('spam', '注册送彩金 真人百家乐'),
  sample('spam', '__proto__ cheap pills toString, no prescription'),
  sample('spam', '7 77 777'),
  sample('legit', 'the meeting of the board is on Monday'),
  sample('legit', '会议强调，要加强值守'),
  sample('legit', 'a class has a constructor; __proto__ is deprecated!'),
  sample('legit', '2026 had 7 such days'),
  sample('legit', '…!?'),
];
const heldOut = [
  'casino bonus',
  '百家乐会议',
  'constructor',
  '__proto__',
  'hasOwnProperty toString valueOf',
  '77',
  'Monday: cheap odds',
  '真人，值守',
  'ⅭＡＳＩＮＯ',
  'unseen',
  '?',
];

function oddsOf(classifier: BayesClassifier, tokens: readonly string[]): number {
  const values = new Map(classifier.getClassifications(tokens).map(({ label, value }) => [label, value]));
  return Math.log(values.get('spam') ?? Number.NaN) - Math.log(values.get('legit') ?? Number.NaN);
}

const linesOfSamples = samples.flatMap(({ text, label }) =>
  linesOf(text).map(({ start, end }) => ({ line: text.slice(start, end), label })),
);

/** Our own counts over the same tokens, each with a number of its own. */
function oursByToken(): (line: string) => number {
  const ids = new Map<string, number>();
  const rows = linesOfSamples.map(({ line, label }) => ({ tokens: tokensOf(line), label }));
  for (const token of rows.flatMap(({ tokens }) => tokens)) ids.set(token, ids.get(token) ?? ids.size);
  const counts = new Counts(ids.size);
  const list = (tokens: readonly string[]): Uint32Array =>
    Uint32Array.from(tokens.flatMap((token) => ids.get(token) ?? []));
  for (const { tokens, label } of rows) if (tokens.length > 0) counts.add(list(tokens), tokens.length, label);
  return (line) => lineLogOdds(counts, list(tokensOf(line)), list(tokensOf(line)).length);
}

/** The counts that the engine keeps: by bucket. */
function oursByBucket(): (line: string) => number {
  const counts = new Counts(BUCKETS);
  const reader = new SampleLine();
  const distinct = new Distinct(BUCKETS);
  for (const { line, label } of linesOfSamples) reader.forEach(line, (ids, length) => counts.add(ids, length, label));
  return (line) => {
    reader.read(line, 0, line.length);
    const length = distinct.keep(reader.features.ids, reader.features.length);
    return lineLogOdds(counts, reader.features.ids, length);
  };
}

describe('samples for natural', () => {
  it.each([
    ['by token', oursByToken],
    ['by bucket', oursByBucket],
  ])('give the log-odds of our counts to 1e-9, %s', (_, ours) => {
    const classifier = restored(naturalOfSamples(samples));
    const logOdds = ours();
    for (const line of [...heldOut, ...linesOfSamples.map((row) => row.line)]) {
      const theirs = oddsOf(classifier, tokensOf(line));
      expect(Math.abs(theirs - logOdds(line)), line).toBeLessThan(1e-9);
      expect(classifier.classify(tokensOf(line)), line).toBe(logOdds(line) > 0 ? 'spam' : 'legit');
    }
  });

  it('are what natural itself would have learned from the tokens', () => {
    const classifier = new BayesClassifier();
    for (const { line, label } of linesOfSamples) classifier.addDocument(tokensOf(line), label);
    classifier.train();
    const theirs = JSON.parse(JSON.stringify(classifier)) as ReturnType<typeof naturalOfSamples>;
    const ours = naturalOfSamples(samples);
    expect(ours.features).toEqual(theirs.features);
    expect(Object.keys(ours.features)).toEqual(Object.keys(theirs.features));
    expect(ours.classifier).toEqual(theirs.classifier);
    expect(ours.docs.map(({ label, text }) => ({ label, text }))).toEqual(theirs.docs);
    expect(ours.lastAdded).toBe(theirs.lastAdded);
  });

  it('go on learning in natural', () => {
    const classifier = restored(naturalOfSamples(samples));
    const before = oddsOf(classifier, tokensOf('unseen'));
    for (let n = 0; n < 3; n++) classifier.addDocument(tokensOf('unseen 1 constructor'), 'spam');
    classifier.train();
    const control = new BayesClassifier();
    for (const { line, label } of linesOfSamples) control.addDocument(tokensOf(line), label);
    for (let n = 0; n < 3; n++) control.addDocument(tokensOf('unseen 1 constructor'), 'spam');
    control.train();
    expect(oddsOf(classifier, tokensOf('unseen'))).toBeGreaterThan(before);
    for (const line of heldOut) expect(oddsOf(classifier, tokensOf(line))).toBe(oddsOf(control, tokensOf(line)));
  });

  it('take a smoothing', () => {
    const classifier = new BayesClassifier(undefined, 0.25);
    for (const { line, label } of linesOfSamples) classifier.addDocument(tokensOf(line), label);
    classifier.train();
    const ours = restored(naturalOfSamples(samples, { smoothing: 0.25 }));
    for (const line of heldOut) expect(oddsOf(ours, tokensOf(line))).toBe(oddsOf(classifier, tokensOf(line)));
  });

  it('need both labels', () => {
    expect(() => naturalOfSamples(samples.filter(({ label }) => label === 'spam'))).toThrow(SampleError);
    expect(() => naturalOfSamples([sample('spam', 'x'), sample('legit', '!')])).toThrow('no line with label legit');
  });
});

describe('tokens', () => {
  it('are the features of a line by their names, folded', () => {
    expect(tokensOf('久久，x').toSorted()).toEqual(
      ['n:_久', 'n:久', 'n:久久', 'n:_久久', 'n:久_', 'n:久久_', 'n:_x', 'n:x', 'n:x_', 'n:_x_'].toSorted(),
    );
    expect(tokensOf('ＯＤＤＳ')).toEqual(tokensOf('odds'));
    expect(tokensOf('odds')).toContain('w:odds');
    expect(tokensOf('a\nb')).toEqual([...new Set([...tokensOf('a'), ...tokensOf('b')])]);
  });

  it('are as many as there are features', () => {
    const reader = new SampleLine();
    const distinct = new Distinct(BUCKETS);
    for (const line of [...heldOut, ...linesOfSamples.map((row) => row.line)]) {
      reader.read(line, 0, line.length);
      expect(tokensOf(line).length, line).toBe(distinct.keep(reader.features.ids, reader.features.length));
    }
  });

  it('are no names that every object has, and no numbers', () => {
    const tokens = tokensOf('constructor __proto__ toString 7 77 777 7777');
    expect(tokens.filter((token) => token in {} || /^\d+$/.test(token))).toEqual([]);
    expect(tokens).toContain('w:constructor');
  });
});

describe('samples of natural', () => {
  it('are the documents that it was trained on, with the labels that are named', async () => {
    const classifier = new BayesClassifier();
    classifier.addDocument(['best', 'casino', 'odds'], 'bad');
    classifier.addDocument(['真人', '百家乐', '入口'], 'bad');
    classifier.addDocument(['会议', 'of', 'the', '理事', 'カード', 'ゲーム'], 'good');
    classifier.addDocument(['안녕', '하세요'], 'good');
    classifier.addDocument(['unsure'], 'maybe');
    classifier.train();
    const saved = JSON.stringify(classifier);
    const labels = { bad: { label: 'spam', category: 'gambling' }, good: 'legit' } as const;
    for (const form of [saved, `\ufeff${saved}`, JSON.parse(saved)]) {
      const rows = [...samplesOfNatural(form, { labels, source: 'c.json', defaults: { author: 'ann' } })];
      expect(await brief(rows)).toEqual([
        'spam best casino odds',
        'spam 真人百家乐入口',
        'legit 会议 of the 理事カードゲーム',
        'legit 안녕 하세요',
        '! c.json#/docs/4',
      ]);
      expect(rows[0]).toMatchObject({ category: 'gambling', author: 'ann' });
      expect(await complaints(rows)).toEqual([
        'label "maybe" has no meaning; map it to legit or spam, beside "bad", "good"',
      ]);
    }
  });

  it('are the samples that were exported, and what natural learned since', () => {
    const classifier = restored(naturalOfSamples(samples));
    classifier.addDocument(['more', 'odds'], 'spam');
    const again = [...samplesOfNatural(JSON.stringify(classifier))];
    expect(again).toEqual([...samples.filter(({ text }) => text !== '…!?'), sample('spam', 'more odds')]);
  });

  it('follow a label that was changed in natural', () => {
    const saved = naturalOfSamples(samples);
    const docs = saved.docs.map((doc) => ({ ...doc, label: doc.label === 'spam' ? 'legit' : 'spam' }));
    const [first] = samplesOfNatural({ ...saved, docs });
    expect(first).toEqual({ ...samples[0], label: 'legit', category: null });
  });

  it.each([
    ['null', 'no list "docs"'],
    ['[]', 'no list "docs"'],
    ['{"docs":{}}', 'no list "docs"'],
    ['{"docs":', 'no JSON'],
  ])('refuse %s', (saved, detail) => {
    expect(() => [...samplesOfNatural(saved)]).toThrow(SampleError);
    expect(() => [...samplesOfNatural(saved, { source: 'c.json' })]).toThrow(detail);
  });

  it('give an error for each bad document, and go on', async () => {
    const docs = [
      null,
      7,
      { label: 'spam' },
      { label: 'spam', text: 'words' },
      { label: 'spam', text: ['a', 7] },
      { label: 'spam', text: [] },
      { label: 'constructor', text: ['a'] },
      { label: '__proto__', text: ['a'] },
      { label: ['spam'], text: ['a'] },
      { label: 'spam', text: ['a'], sample: 'text' },
      { label: 'spam', text: ['x'.repeat(10_000_000)] },
      { label: 'ham', text: ['constructor', '__proto__'] },
    ];
    const rows = await brief(samplesOfNatural(JSON.stringify({ docs }), { source: 'c' }));
    const unmapped = samplesOfNatural({ docs: docs.slice(6, 9) });
    const complaint = expect.stringContaining('has no meaning; map it') as string;
    expect(await complaints(unmapped)).toEqual([complaint, complaint, complaint]);
    expect(rows).toEqual([...docs.slice(1).map((_, at) => `! c#/docs/${at}`), 'legit constructor __proto__']);
  });
});
