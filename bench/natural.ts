import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../src/node/base-sieve.ts';
import { readRows } from '../src/node/training-data.ts';
import type { Sieve } from '../src/sieve.ts';
import { foldString } from '../src/text/fold.ts';
import { seconds } from './ratio.ts';

/** natural's training time grows with lines × vocabulary; this many take some twenty seconds. */
const LINES = 1000;
const QUERIES = 30;

/** How many times longer `natural` takes to classify the same lines by the same n-grams. */
export function benchNatural(sieve: Sieve): { naturalSlowdown: number; naturalLines: number } {
  const rows = ['legit', 'spam'].flatMap((label) => readRows(join(PACKAGE_FOLDER, 'training-data', label)));
  const chosen = rows.filter((_, i) => i % Math.ceil(rows.length / LINES) === 0);
  const classifier = new BayesClassifier();
  for (const { text, label } of chosen) classifier.addDocument(ngrams(text), label);
  classifier.train();
  const queries = chosen.slice(0, QUERIES).map(({ text }) => text);
  const tokens = queries.map(ngrams);
  const natural = seconds(() => tokens.forEach((list) => classifier.classify(list)));
  const rounds = 100;
  const ours = seconds(() => {
    for (let i = 0; i < rounds; i++) for (const text of queries) sieve.check({ text, id: '' });
  });
  return { naturalSlowdown: natural / (ours / rounds), naturalLines: chosen.length };
}

function ngrams(text: string): string[] {
  const folded = foldString(text);
  const found = new Set<string>();
  for (let n = 1; n <= 3; n++) for (let i = 0; i + n <= folded.length; i++) found.add(folded.slice(i, i + n));
  return [...found];
}
