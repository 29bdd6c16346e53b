import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { ngrams } from './ngrams.ts';
import type { Peer } from './peer.ts';

/** Its training time grows with lines × vocabulary: these take about a minute, and so does measuring. */
const LINES = 2000;
const MEASURED = 10_000;

/** Bigrams alone: with trigrams it would train on a quarter of the lines in the same time. */
export const natural: Peer = {
  name: 'natural 8.1.1, BayesClassifier, bigrams',
  spans: 'no',
  trains: LINES,
  measures: MEASURED,
  train: (lines) => {
    const classifier = new BayesClassifier();
    for (const { text, label } of lines) classifier.addDocument(tokens(text), label);
    classifier.train();
    const bytes = JSON.stringify(classifier).length;
    return Promise.resolve({
      bytes,
      score: (texts) => texts.map((text) => logOdds(classifier.getClassifications(tokens(text)))),
      close: () => {},
    });
  },
};

/** It breaks on tokens that are names of an object's own properties; a bigram is never one. */
function tokens(text: string): string[] {
  return ngrams(text, 2, 2);
}

/** Products of long lines underflow to 0 for both labels: no opinion, which is taken for honest. */
function logOdds(classes: readonly { label: string; value: number }[]): number {
  const of = (name: string): number => classes.find(({ label }) => label === name)?.value ?? 0;
  const odds = Math.log(of('spam')) - Math.log(of('legit'));
  return Number.isNaN(odds) ? -Infinity : odds;
}
