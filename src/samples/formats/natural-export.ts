import { SMOOTHING } from '../../bayes/fit.ts';
import { linesOf } from '../../text/lines.ts';
import { SampleError, type Label, type NewSample } from '../sample.ts';
import type { NaturalClassifier, NaturalDocument } from './natural-classifier.ts';
import { tokensOfLine } from './natural-tokens.ts';

export interface NaturalExportOptions {
  /** Added to every count; `natural` and this filter take 1. */
  readonly smoothing?: number;
}

/**
 * A classifier that `BayesClassifier.restore` takes: naive Bayes on the lines of the samples, with the labels `legit` and `spam`. It
 * classifies lists of `tokensOf(line)`; to strings it would put its own tokenizer. Throws a `SampleError` unless both labels have a line with
 * a letter or digit. Meant for small corpora: `natural` looks at its whole vocabulary for each line.
 */
export function naturalOfSamples(samples: Iterable<NewSample>, options: NaturalExportOptions = {}): NaturalClassifier {
  const { smoothing = SMOOTHING } = options;
  const docs = [...samples].flatMap(documentsOfSample);
  const numbers = new Map<string, number>();
  const occurrences: number[] = [];
  for (const token of docs.flatMap(({ text }) => text)) {
    const number = numbers.get(token) ?? numbers.size;
    numbers.set(token, number);
    occurrences[number] = (occurrences[number] ?? 0) + 1;
  }
  const classes = (['legit', 'spam'] as const).map((label) => ({ label, ...classOf(docs, label, numbers, smoothing) }));
  return {
    classifier: {
      classFeatures: Object.fromEntries(classes.map(({ label, features }) => [label, features])),
      classTotals: Object.fromEntries(classes.map(({ label, total }) => [label, total])),
      totalExamples: docs.length + 1,
      smoothing,
    },
    docs,
    features: Object.fromEntries([...numbers].map(([token, number]) => [token, occurrences[number]])),
    stemmer: {},
    lastAdded: docs.length,
  };
}

function documentsOfSample(sample: NewSample): NaturalDocument[] {
  const lines = linesOf(sample.text).map(({ start, end }) => tokensOfLine(sample.text, start, end));
  const filled = lines.filter((tokens) => tokens.length > 0);
  return filled.map((text, at) => ({ label: sample.label, text, sample: at === 0 ? sample : null }));
}

function classOf(
  docs: readonly NaturalDocument[],
  label: Label,
  numbers: ReadonlyMap<string, number>,
  smoothing: number,
): { features: Record<string, number>; total: number } {
  const own = docs.filter((doc) => doc.label === label);
  if (own.length === 0) throw new SampleError('samples', `no line with label ${label}; a classifier needs both labels`);
  const features: Record<string, number> = {};
  for (const token of own.flatMap(({ text }) => text)) {
    const number = String(numbers.get(token));
    features[number] = (features[number] ?? smoothing) + 1;
  }
  return { features, total: own.length + 1 };
}
