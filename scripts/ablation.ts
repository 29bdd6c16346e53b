/**
 * What each part buys: `node scripts/ablation.ts [name …]`. Trains variants in memory on a quarter of the honest lines and half of the spam that may
 * be trained on, measures on the rest of that half, and prints a table in Markdown. The held-out half is not read. Some minutes.
 */
import { gzipSync } from 'node:zlib';
import { fitWeights } from '../src/bayes/fit.ts';
import { quantise } from '../src/bayes/model.ts';
import { readTrainingSet } from '../src/node/training-data.ts';
import { LineCounter } from '../src/training/counting.ts';
import { createRandom } from '../src/training/random.ts';
import {
  BAYES_SHARE,
  SCALING,
  scaleWeights,
  startingWeights,
  type LabelledLine,
  type ScalingOptions,
} from '../src/training/scaling.ts';
import { ablationFigures } from './ablation-figures.ts';
import { ablationLines, type AblationLines } from './ablation-lines.ts';
import { ALL_PARTS, AblatedScorer, type Parts } from './ablation-scorer.ts';

interface Training {
  readonly scaling: Partial<ScalingOptions> | null;
  /** Share of the naive Bayes weights that scaling starts from, or that is all. */
  readonly share: number;
  readonly smoothing: number;
  readonly corpora: boolean;
  readonly composed: boolean;
  /** How often scaling shows the written rows; they are counted once. */
  readonly repeats: number;
}

interface Variant {
  readonly training?: Partial<Training>;
  readonly parts?: Partial<Parts>;
  readonly context?: false;
  /** Steps of .05 natural-log odds that weights are rounded to. */
  readonly round?: number;
}

/** As training shows them. */
const WRITTEN_REPEATS = 6;
const AS_IT_IS: Training = {
  scaling: {},
  share: BAYES_SHARE,
  smoothing: 1,
  corpora: true,
  composed: true,
  repeats: WRITTEN_REPEATS,
};

const VARIANTS: Readonly<Record<string, Variant>> = {
  'as it is': {},
  'no scaling': { training: { scaling: null, share: 1 } },
  'no scaling, a quarter of the weights': { training: { scaling: null, share: 0.25 } },
  'scaling from nothing': { training: { share: 0 } },
  'scaling without dropout': { training: { scaling: { dropout: 0 } } },
  'scaling without margin': { training: { scaling: { margin: 0 } } },
  'scaling without averaging': { training: { scaling: { averaged: 1 } } },
  'smoothing .1': { training: { smoothing: 0.1 } },
  'no background (own rows and composed lines)': { training: { corpora: false } },
  'background alone': { training: { composed: false, repeats: 0 } },
  'background and written rows': { training: { composed: false } },
  'background and composed lines': { training: { repeats: 0 } },
  'written rows shown once': { training: { repeats: 1 } },
  'scaling from nothing, rows once': { training: { share: 0, repeats: 1 } },
  'weights in 5 bits': { round: 8 },
  'weights in 4 bits': { round: 16 },
  'no rules': { parts: { rules: false } },
  'no list coherence': { parts: { lists: false } },
  'no echo': { parts: { echo: false } },
  'no drift': { parts: { drift: false } },
  'no boundary costs': { parts: { costs: false } },
  'no joint': { parts: { joint: false } },
  'whole lines': { parts: { segmentation: false } },
  'no fold but NFKC and lower case': { parts: { fold: false } },
  'no context': { context: false },
};

const lines = ablationLines(await readTrainingSet(new URL('../training-data', import.meta.url).pathname, false));
const trained = new Map<string, Int8Array>();
const chosen = process.argv.slice(2);
console.error(`${lines.corpora.length} corpus lines train, ${lines.honest.length} honest lines measure`);
console.log(
  '| variant | phrases at 2 in 100,000 | at 30 | titles en at 30 | comments id at 30 | obfuscated lists at 30 | written rows at 30 | lists at the tail, exact | comments at the tail | s per million characters | kB |',
);
console.log(`|${'---|'.repeat(11)}`);
for (const [name, variant] of Object.entries(VARIANTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const weights = rounded(weightsOf({ ...AS_IT_IS, ...variant.training }), variant.round ?? 1);
  const scorer = new AblatedScorer(weights, { ...ALL_PARTS, ...variant.parts });
  const { seconds, ...figures } = ablationFigures(scorer, lines, variant.context !== false);
  const kilobytes = Math.round(gzipSync(weights).length / 1000);
  console.log(`| ${[name, ...Object.values(figures), seconds.toPrecision(2), kilobytes].join(' | ')} |`);
}

/** Trained once for each way of training. */
function weightsOf(training: Training): Int8Array {
  const key = JSON.stringify(training);
  let weights = trained.get(key);
  if (weights === undefined) trained.set(key, (weights = train(training, lines)));
  return weights;
}

function train(training: Training, all: AblationLines): Int8Array {
  const counter = new LineCounter();
  for (const { text, label } of linesOf(training, all, Math.min(1, training.repeats))) counter.add(text, label);
  if (training.scaling === null)
    return quantise(fitWeights(counter.counts, training.smoothing).map((weight) => weight * training.share));
  const weights = startingWeights(counter.counts, training.share, training.smoothing);
  const shown = linesOf(training, all, training.repeats);
  scaleWeights(weights, shown, createRandom(7), { ...SCALING, ...training.scaling });
  return quantise(weights);
}

function linesOf({ corpora, composed }: Training, all: AblationLines, repeats: number): LabelledLine[] {
  const rows = Array.from({ length: repeats }, () => all.rows).flat();
  return [...(corpora ? all.corpora : []), ...(composed ? all.generated : []), ...rows];
}

/** Half a step goes away from 0 on both sides: rounding must not speak for spam. */
function rounded(weights: Int8Array, step: number): Int8Array {
  const most = Math.floor(126 / (2 * step)) * 2 * step;
  const round = (weight: number): number => Math.sign(weight) * Math.round(Math.abs(weight) / step) * step;
  return step === 1 ? weights : weights.map((weight) => Math.max(-most, Math.min(most, round(weight))));
}
