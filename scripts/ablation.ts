/**
 * What each part buys: `node scripts/ablation.ts [name …]`. Trains variants in memory on four fifths of the lines that may be trained on, measures on the
 * last fifth, and prints a table in Markdown. The held-out half is not read. A minute and a half a variant.
 */
import { gzipSync } from 'node:zlib';
import { FeatureList } from '../src/bayes/features.ts';
import { readTrainingSet } from '../src/node/training-data.ts';
import { FoldedLine } from '../src/text/fold.ts';
import { unitClass } from '../src/text/unit.ts';
import { ablationFigures, timeRatio } from './ablation-figures.ts';
import { ablationLines } from './ablation-lines.ts';
import { ALL_PARTS, AblatedScorer, type Parts } from './ablation-scorer.ts';
import { AS_IT_IS, listerOf, train, type Training } from './ablation-training.ts';

interface Variant {
  readonly training?: Partial<Training>;
  readonly parts?: Partial<Parts>;
  readonly context?: false;
  /** Steps of .05 natural-log odds that weights are rounded to. */
  readonly round?: number;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  'as it is': {},
  'mean of three runs': { training: { runs: 3 } },
  'single units and pairs alone': { training: { features: { without: [3, 4, 'word', 'pair'] } } },
  'units, pairs, triples alone': { training: { features: { without: [4, 'word', 'pair'] } } },
  'no single units': { training: { features: { without: [1] } } },
  'no pairs': { training: { features: { without: [2] } } },
  'no triples': { training: { features: { without: [3] } } },
  'no n-grams of four': { training: { features: { without: [4] } } },
  'no words': { training: { features: { without: ['word'] } } },
  'no pairs of words': { training: { features: { without: ['pair'] } } },
  'another hash': { training: { features: {} } },
  'a quarter of the buckets': { training: { features: { shortBits: 16, longBits: 17 } } },
  'half of the buckets': { training: { features: { shortBits: 17, longBits: 18 } } },
  'twice the buckets': { training: { features: { shortBits: 19, longBits: 20 } } },
  'eight times the buckets': { training: { features: { shortBits: 21, longBits: 22 } } },
  'occurrences counted': { training: { counted: 'occurrences' } },
  'complement counts': { training: { complement: true } },
  'no scaling': { training: { scaling: null, share: 1 } },
  'no scaling, complement counts': { training: { scaling: null, share: 1, complement: true } },
  'no scaling, occurrences counted': { training: { scaling: null, share: 1, counted: 'occurrences' } },
  'no scaling, a quarter of the weights': { training: { scaling: null, share: 0.25 } },
  'scaling from nothing': { training: { share: 0 } },
  'scaling without dropout': { training: { scaling: { dropout: 0 } } },
  'scaling without margin': { training: { scaling: { margin: 0 } } },
  'scaling without averaging': { training: { scaling: { averaged: 1 } } },
  'smoothing .1': { training: { smoothing: 0.1 } },
  'titles and comments shown once': { training: { shown: false } },
  'no background (own rows and composed lines)': { training: { corpora: false } },
  'background alone': { training: { composed: false, repeats: 0 } },
  'no composed lines': { training: { composed: false } },
  'composed lines without noise': { training: { composed: 'noiseless' } },
  'composed lines also in disguise': { training: { composed: 'also disguised' } },
  'no written rows': { training: { repeats: 0 } },
  'written rows shown once': { training: { repeats: 1 } },
  'written rows shown twice': { training: { repeats: 2 } },
  'written rows shown three times': { training: { repeats: 3 } },
  'weights in 5 bits': { round: 8 },
  'weights in 4 bits': { round: 16 },
  'no rules': { parts: { rules: false } },
  'no list coherence': { parts: { lists: false } },
  'no echo (occurrences weigh)': { parts: { echo: false } },
  'no drift': { parts: { drift: false } },
  'no boundary costs': { parts: { costs: false } },
  'no names in disguise': { parts: { styled: false } },
  'no joint': { parts: { joint: false } },
  'whole lines': { parts: { segmentation: false } },
  'no fold but NFKC and lower case': { parts: { fold: false } },
  'no context': { context: false },
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !Object.hasOwn(VARIANTS, name));
if (unknown !== undefined)
  throw new Error(`there is no variant "${unknown}"; there are: ${Object.keys(VARIANTS).join(', ')}`);
const lines = ablationLines(await readTrainingSet(new URL('../training-data', import.meta.url).pathname, false));
const trained = new Map<string, Int8Array>();
console.error(`${lines.corpora.length} corpus lines train, ${lines.honest.length} honest lines measure`);
console.log(
  '| variant | phrases at 2 in 100,000 | phrases | titles en | comments id | obfuscated lists | written rows | honest rows flagged | lists at the tail, exact | comments at the tail | look-ups a character | time ÷ as it is | kB |',
);
console.log(`|${'---|'.repeat(13)}`);
const asItIs = new AblatedScorer(weightsOf(AS_IT_IS), ALL_PARTS);
for (const [name, { training, parts, context, round = 1 }] of Object.entries(VARIANTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const trainedSo = { ...AS_IT_IS, ...training };
  const isListed = trainedSo.features !== null;
  const { list } = listerOf(trainedSo);
  const weights = rounded(weightsOf(trainedSo), round);
  const scorer = new AblatedScorer(weights, { ...ALL_PARTS, ...parts }, isListed ? list : null);
  const figures = ablationFigures(scorer, lines, context !== false);
  const cells = [
    name,
    ...Object.values(figures),
    lookUps(list).toFixed(2),
    isListed ? '' : timeRatio(scorer, asItIs, lines).toFixed(2),
    Math.round(gzipSync(weights).length / 1000),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** Trained once for each way of training. */
function weightsOf(training: Training): Int8Array {
  const key = JSON.stringify(training);
  let weights = trained.get(key);
  if (weights === undefined) trained.set(key, (weights = train(training, lines)));
  return weights;
}

/** Features for each unit of folded honest text. */
function lookUps(list: ReturnType<typeof listerOf>['list']): number {
  const folded = new FoldedLine();
  const features = new FeatureList();
  let [found, units] = [0, 0];
  for (let i = 0; i < lines.honest.length; i += 20) {
    folded.fold(lines.honest[i], 0, lines.honest[i].length);
    list(folded.units, folded.length, unitClass, features);
    found += features.length;
    units += folded.length;
  }
  return found / units;
}

/** Half a step goes away from 0 on both sides: rounding must not speak for spam. */
function rounded(weights: Int8Array, step: number): Int8Array {
  const most = Math.floor(126 / (2 * step)) * 2 * step;
  const round = (weight: number): number => Math.sign(weight) * Math.round(Math.abs(weight) / step) * step;
  return step === 1 ? weights : weights.map((weight) => Math.max(-most, Math.min(most, round(weight))));
}
