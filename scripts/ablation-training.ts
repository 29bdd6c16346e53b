import { Counts } from '../src/bayes/counts.ts';
import { Distinct } from '../src/bayes/distinct.ts';
import { BUCKETS, FeatureList, listFeatures } from '../src/bayes/features.ts';
import { fitWeights, SMOOTHING } from '../src/bayes/fit.ts';
import { quantised } from '../src/bayes/model.ts';
import { log } from '../src/bayes/portable-math.ts';
import { FoldedLine } from '../src/text/fold.ts';
import { unitClass } from '../src/text/unit.ts';
import { createRandom } from '../src/training/random.ts';
import {
  BAYES_SHARE,
  SCALING,
  scaleWeights,
  startingWeights,
  type LabelledLine,
  type ScalingOptions,
} from '../src/training/scaling.ts';
import { lister, type Kind, type Lister } from './ablation-features.ts';
import type { AblationLines } from './ablation-lines.ts';
import { WRITTEN_REPEATS } from './background-lines.ts';

/** A way of training. */
export interface Training {
  /** `null`: naive Bayes alone. */
  readonly scaling: Partial<ScalingOptions> | null;
  /** Share of the naive Bayes weights that scaling starts from, or that is all. */
  readonly share: number;
  readonly smoothing: number;
  /** How often scaling is done, with other orders and drops; the weights are averaged. */
  readonly runs: number;
  readonly corpora: boolean;
  /** Whether titles and comments are shown more often than they occur. */
  readonly shown: boolean;
  readonly composed: 'noisy' | 'noiseless' | 'also disguised' | false;
  /** How often scaling shows the written rows; they are counted once. */
  readonly repeats: number;
  /** What the counts are: lines with a feature, or occurrences of it. */
  readonly counted: 'lines' | 'occurrences';
  /** Weights as complement naive Bayes has them. */
  readonly complement: boolean;
  /** Another feature space than the model's. */
  readonly features: FeatureSpace | null;
}

export interface FeatureSpace {
  readonly without?: readonly Kind[];
  readonly shortBits?: number;
  readonly longBits?: number;
}

/** As the model is trained, but for a single run. */
export const AS_IT_IS: Training = {
  scaling: {},
  share: BAYES_SHARE,
  smoothing: SMOOTHING,
  runs: 1,
  corpora: true,
  shown: true,
  composed: 'noisy',
  repeats: WRITTEN_REPEATS,
  counted: 'lines',
  complement: false,
  features: null,
};

const MODELS_OWN: Lister = { list: listFeatures, ids: BUCKETS };

export function listerOf({ features }: Training): Lister {
  return features === null ? MODELS_OWN : lister(features.without ?? [], features.shortBits, features.longBits);
}

/** The weights of a way of training, in steps. */
export function train(training: Training, all: AblationLines): Int8Array {
  const features = listerOf(training);
  const once = linesOf({ ...training, repeats: Math.min(1, training.repeats), shown: false }, all);
  const counts = countsOf(once, features, training.counted);
  const fit = training.complement ? complementWeights : fitWeights;
  const inSteps = (weights: Float32Array): Int8Array => Int8Array.from(weights, quantised);
  if (training.scaling === null)
    return inSteps(fit(counts, training.smoothing).map((weight) => weight * training.share));
  const start = startingWeights(counts, training.share, training.smoothing, fit);
  const lines = linesOf(training, all);
  const random = createRandom(7);
  const mean = new Float32Array(start.length);
  for (let run = 0; run < training.runs; run++) {
    const weights = start.slice();
    scaleWeights(weights, lines, random, { ...SCALING, ...training.scaling, list: features.list });
    for (let id = 0; id < mean.length; id++) mean[id] += weights[id] / training.runs;
  }
  return inSteps(mean);
}

function linesOf({ corpora, composed, repeats, shown }: Training, all: AblationLines): LabelledLine[] {
  const rows = Array.from({ length: repeats }, () => all.rows).flat();
  const known = all.corpora.flatMap((line) => Array.from({ length: shown ? line.shown : 1 }, () => line));
  return [...(corpora ? known : []), ...composedOf(composed, all), ...rows];
}

function composedOf(composed: Training['composed'], all: AblationLines): readonly LabelledLine[] {
  if (composed === false) return [];
  if (composed === 'noiseless') return all.noiseless;
  return composed === 'noisy' ? all.generated : [...all.generated, ...all.disguised];
}

function countsOf(lines: readonly LabelledLine[], { list, ids }: Lister, counted: Training['counted']): Counts {
  const counts = new Counts(ids);
  const folded = new FoldedLine();
  const features = new FeatureList();
  const distinct = new Distinct(ids);
  for (const { text, label } of lines) {
    folded.fold(text, 0, text.length);
    list(folded.units, folded.length, unitClass, features);
    const length = counted === 'lines' ? distinct.keep(features.ids, features.length) : features.length;
    counts.add(features.ids, length, label);
  }
  return counts;
}

/**
 * Complement naive Bayes with normalised weights (Rennie and others, 2003): each class is told by the features of the other, its weights divided by
 * the sum of their sizes. With two classes the complement of one is the other, so that the normalisation is all that differs; the weights are
 * brought to the mean size of naive Bayes, which is what the share is a share of.
 */
function complementWeights(counts: Counts, smoothing = SMOOTHING): Float32Array {
  const plain = fitWeights(counts, smoothing);
  const logs = (of: Uint32Array, lines: number): Float32Array =>
    Float32Array.from(of, (count, id) => (plain[id] === 0 ? 0 : log((count + smoothing) / (lines + 1))));
  const spam = logs(counts.spam, counts.spamLines);
  const legit = logs(counts.legit, counts.legitLines);
  const [ofSpam, ofLegit, ofPlain] = [spam, legit, plain].map(size);
  const weights = plain.map((_, id) => spam[id] / ofSpam - legit[id] / ofLegit);
  const scale = ofPlain / size(weights);
  return weights.map((weight) => weight * scale);
}

function size(weights: Float32Array): number {
  return weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
}
