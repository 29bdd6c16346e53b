import { exp } from '../bayes/portable-math.ts';
import type { Counts } from '../bayes/counts.ts';
import { FeatureList, listFeatures } from '../bayes/features.ts';
import { fitWeights, SMOOTHING } from '../bayes/fit.ts';
import { FoldedLine } from '../text/fold.ts';
import { unitClass } from '../text/unit.ts';
import { boundaryCosts, createCosts } from '../verdict/boundary.ts';
import { DRIFT } from '../verdict/drift.ts';
import { isEcho } from '../verdict/score.ts';
import { shuffle, type Random } from './random.ts';

/** A line with its truth. */
export interface LabelledLine {
  readonly text: string;
  readonly label: 'legit' | 'spam';
}

export interface ScalingOptions {
  /** Passes over all lines. */
  readonly epochs: number;
  /** Learning rate of the first pass; pass `e` (from 0) uses `rate / (1 + e)`. */
  readonly rate: number;
  /** The result is the mean of the weights after each of the last so many passes. */
  readonly averaged: number;
  /** Share of a spam line's features that each showing leaves out. */
  readonly dropout: number;
  /** Natural-log odds by which an honest line must stay below even. */
  readonly margin: number;
  /** Lists the features of a folded line, whose ids index the weights. */
  readonly list: typeof listFeatures;
}

/**
 * Each figure was tried on tuning lines, recall of single Chinese adult phrases and of Indonesian gambling comments at 28 false alarms in
 * 100,000 (DESIGN.md, "Scaling"). Falling rate: with a constant one figures swung from pass to pass. Dropout: no phrase may hang on
 * one n-gram that its misspelling lacks. Margin: what is honest must not only lose but lose clearly, so that a lower prior is affordable.
 */
export const SCALING: ScalingOptions = {
  epochs: 8,
  rate: 0.05,
  averaged: 3,
  dropout: 0.15,
  margin: 3.5,
  list: listFeatures,
};
/**
 * Naive Bayes counts overlapping n-grams as if they were independent, several times too much; scaling starts from this share of its
 * weights. Of 0, .05, .1, .15 and .25, all but the last find the same (DESIGN.md, "Scaling").
 */
export const BAYES_SHARE = 0.15;
/**
 * Lines of either label that a feature has at least to start from its Bayes weight. Rarer ones start from nothing: drift says that they are
 * honest, and the unseen features of a spam phrase that fall into the same bucket do not pay for them. With all features phrases fell from 96
 * to 93 %, in four times the bytes; with none of honest lines alone, honest sentences about spam were flagged for the spam in them.
 */
const FEWEST = { spam: 5, legit: 100 };

/** The natural-log odds by feature id that scaling starts from. */
export function startingWeights(
  counts: Counts,
  share = BAYES_SHARE,
  smoothing = SMOOTHING,
  fit = fitWeights,
): Float32Array {
  const isKnown = (id: number): boolean => counts.spam[id] >= FEWEST.spam || counts.legit[id] >= FEWEST.legit;
  return fit(counts, smoothing).map((weight, id) => (isKnown(id) ? weight * share : 0));
}

/** Natural-log odds that are even in the loss: more than segmentation asks (`PRIOR`), which is a margin for spam. */
const EVEN = 4;
/** Gradients below this change no quantised weight. */
const NEGLIGIBLE = 1e-5;

/**
 * Discriminative scaling, in place: logistic regression over the same features, started from naive Bayes weights. A spam
 * line counts as a whole. An honest line counts by its worst stretch, the one that segmentation would take for an
 * injection, so that what is learned is what the filter does. Deterministic for the same lines, options and random source.
 */
export function scaleWeights(
  weights: Float32Array,
  lines: readonly LabelledLine[],
  random: Random,
  options: ScalingOptions = SCALING,
): void {
  const order = Uint32Array.from(lines.keys());
  const stretch = new Stretch(weights, options.list);
  const sum = new Float64Array(weights.length);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    const rate = options.rate / (1 + epoch);
    for (const i of order) learn(weights, stretch, lines[i], rate, random, options);
    if (epoch >= options.epochs - options.averaged) for (let id = 0; id < sum.length; id++) sum[id] += weights[id];
  }
  for (let id = 0; id < sum.length; id++) weights[id] = sum[id] / options.averaged;
}

function learn(
  weights: Float32Array,
  stretch: Stretch,
  line: LabelledLine,
  rate: number,
  random: Random,
  { dropout, margin }: ScalingOptions,
): void {
  const spam = line.label === 'spam';
  const sum = spam ? stretch.whole(line.text, random, dropout) : stretch.worst(line.text) + margin;
  const probability = 1 / (1 + exp(EVEN - sum));
  const gradient = rate * ((spam ? 1 : 0) - probability);
  if (Math.abs(gradient) < NEGLIGIBLE) return;
  const { ids, positions, length } = stretch.features;
  for (let j = 0; j < length; j++) {
    const k = positions[j];
    if (k >= stretch.from && k < stretch.to && stretch.counts[k] === 1) weights[ids[j]] += gradient;
  }
}

/** The stretch of a line that is learned from: its features, bounds and evidence under the current weights. */
class Stretch {
  readonly features = new FeatureList();
  from = 0;
  to = 0;
  /** 1 for positions that weigh, 0 for echoes. */
  counts = new Uint8Array(4096);
  readonly #folded = new FoldedLine();
  readonly #weights: Float32Array;
  readonly #list: typeof listFeatures;
  #evidence = new Float32Array(4096);
  #costs = createCosts(4096);

  constructor(weights: Float32Array, list: typeof listFeatures) {
    this.#weights = weights;
    this.#list = list;
  }

  /** Evidence of the whole line, without a random share of its features, which are taken off the list. */
  whole(text: string, random: Random, dropout: number): number {
    this.#read(text);
    this.#drop(random, dropout);
    [this.from, this.to] = [0, this.#folded.length];
    let sum = 0;
    for (let k = 0; k < this.to; k++) sum += this.#evidence[k];
    return sum;
  }

  /** The most evidence that any stretch has after its boundary costs. */
  worst(text: string): number {
    this.#read(text);
    const { units, length } = this.#folded;
    boundaryCosts(units, length, this.#costs);
    const { enter, leave } = this.#costs;
    let [sum, from, best] = [-Infinity, 0, -Infinity];
    for (let k = 0; k < length; k++) {
      if (sum < -enter[k]) [sum, from] = [-enter[k], k];
      sum += this.#evidence[k];
      if (sum - leave[k + 1] > best) {
        best = sum - leave[k + 1];
        [this.from, this.to] = [from, k + 1];
      }
    }
    return best;
  }

  #read(text: string): void {
    const folded = this.#folded;
    folded.fold(text, 0, text.length);
    this.#reserve(folded.length);
    this.#list(folded.units, folded.length, unitClass, this.features);
    const { ids, positions, length } = this.features;
    for (let k = 0; k < folded.length; k++) this.#evidence[k] = -DRIFT[unitClass[folded.units[k]]];
    for (let j = 0; j < length; j++) this.#evidence[positions[j]] += this.#weights[ids[j]];
    this.#silenceEchoes();
  }

  #drop(random: Random, share: number): void {
    const { ids, positions, length } = this.features;
    let kept = 0;
    for (let j = 0; j < length; j++) {
      if (random.next() < share) this.#evidence[positions[j]] -= this.#weights[ids[j]] * this.counts[positions[j]];
      else {
        ids[kept] = ids[j];
        positions[kept++] = positions[j];
      }
    }
    this.features.length = kept;
  }

  #silenceEchoes(): void {
    const { units, length } = this.#folded;
    for (let k = 0; k < length; k++) {
      const echo = this.#evidence[k] > 0 && isEcho(units, k);
      this.counts[k] = echo ? 0 : 1;
      if (echo) this.#evidence[k] = 0;
    }
  }

  #reserve(length: number): void {
    if (this.counts.length >= length) return;
    this.counts = new Uint8Array(2 * length);
    this.#evidence = new Float32Array(2 * length);
    this.#costs = createCosts(2 * length);
  }
}
