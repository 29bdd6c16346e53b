import { Counts } from '../bayes/counts.ts';
import { encodeModel } from '../bayes/codec.ts';
import { BUCKETS } from '../bayes/features.ts';
import { encodeCounts } from '../bayes/figures.ts';
import { fitWeights } from '../bayes/fit.ts';
import { quantise } from '../bayes/model.ts';
import { fitCategories, type CategorisedLine } from './categories.ts';
import type { TrainingRow } from './corpus.ts';
import { LineCounter } from './counting.ts';
import { createGenerator, type GeneratedLine, type Grammar } from './generator.ts';
import { createRandom } from './random.ts';
import { scaleWeights, startingWeights } from './scaling.ts';

/** Composed spam lines of the base model: about as many as the corpora have of spam. Not swept. */
export const GENERATED_LINES = 30_000;
const GENERATOR_SEED = 20_260_101;
const SCALING_SEED = 7;

/** Figures of public corpora: what was counted there, and what scaling learned there beyond naive Bayes. */
export interface Background {
  readonly counts: Counts;
  /** Natural-log odds by feature id. */
  readonly residual: Float32Array;
}

export interface TrainingSet {
  readonly rows: readonly TrainingRow[];
  readonly grammars: readonly Grammar[];
  /** `null` trains on the rows and grammars alone. */
  readonly background: Background | null;
}

/** `full`: discriminative scaling; `none`: pure naive Bayes, as `natural` would have it. */
export type Scaling = 'full' | 'none';

/** Files of a trained model. */
export interface TrainedModel {
  readonly model: Uint8Array;
  readonly counts: Uint8Array;
  readonly lines: { readonly legit: number; readonly spam: number; readonly generated: number };
}

/** Trains a model: the same training set gives the same bytes on every machine. */
export async function train(set: TrainingSet, scaling: Scaling = 'full'): Promise<TrainedModel> {
  const generated = composeLines(set.grammars);
  const counts = countLines(set, generated);
  const weights = weigh(set, counts, generated, scaling);
  const categories = fitCategories(spamLines(set.rows, generated));
  return {
    model: await encodeModel({ weights: quantise(weights), categories }),
    counts: await encodeCounts(counts),
    lines: { legit: counts.legitLines, spam: counts.spamLines, generated: generated.length },
  };
}

/** The spam lines that the grammars compose for training. */
export function composeLines(grammars: readonly Grammar[]): GeneratedLine[] {
  if (grammars.length === 0) return [];
  const generator = createGenerator(grammars, createRandom(GENERATOR_SEED));
  return Array.from({ length: GENERATED_LINES }, () => generator.line());
}

function countLines({ rows, background }: TrainingSet, generated: readonly GeneratedLine[]): Counts {
  const counter = new LineCounter();
  for (const { text, label } of rows) counter.add(text, label);
  for (const { text } of generated) counter.add(text, 'spam');
  const counts = new Counts(BUCKETS);
  counts.addAll(counter.counts);
  if (background !== null) counts.addAll(background.counts);
  return counts;
}

function weigh(
  { rows, background }: TrainingSet,
  counts: Counts,
  generated: readonly GeneratedLine[],
  scaling: Scaling,
): Float32Array {
  if (scaling === 'none') return fitWeights(counts);
  const weights = startingWeights(counts);
  if (background !== null) for (let id = 0; id < weights.length; id++) weights[id] += background.residual[id];
  else {
    const composed = generated.map(({ text }) => ({ text, label: 'spam' as const }));
    scaleWeights(weights, [...rows, ...composed], createRandom(SCALING_SEED));
  }
  return weights;
}

function spamLines(rows: readonly TrainingRow[], generated: readonly GeneratedLine[]): CategorisedLine[] {
  const written = rows.flatMap(({ text, category, language }) =>
    category === '' ? [] : [{ text, category, language }],
  );
  return [...written, ...generated];
}
