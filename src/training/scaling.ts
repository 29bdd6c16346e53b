import { exp } from '../bayes/portable-math.ts';
import { FeatureList, listFeatures } from '../bayes/features.ts';
import { FoldedLine } from '../text/fold.ts';
import { unitClass } from '../text/unit.ts';
import { boundaryCosts, createCosts } from '../verdict/boundary.ts';
import { DRIFT } from '../verdict/drift.ts';
import { isEcho } from '../verdict/score.ts';
import { PRIOR } from '../verdict/segment.ts';
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
}

/**
 * Five passes at .05, falling: with a constant rate figures swung from pass to pass, with a falling one each pass from the
 * second on was as good or better, six being the most tried (tuning lines).
 */
export const SCALING: ScalingOptions = { epochs: 5, rate: 0.05 };
/**
 * Naive Bayes counts overlapping n-grams as if they were independent, about four times too much; scaling starts from this
 * share of its weights.
 */
export const BAYES_SHARE = 0.25;
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
  const stretch = new Stretch(weights);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    const rate = options.rate / (1 + epoch);
    for (const i of order) learn(weights, stretch, lines[i], rate);
  }
}

function learn(weights: Float32Array, stretch: Stretch, line: LabelledLine, rate: number): void {
  const spam = line.label === 'spam';
  const sum = spam ? stretch.whole(line.text) : stretch.worst(line.text);
  const probability = 1 / (1 + exp(PRIOR - sum));
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
  #evidence = new Float32Array(4096);
  #costs = createCosts(4096);

  constructor(weights: Float32Array) {
    this.#weights = weights;
  }

  /** Evidence of the whole line. */
  whole(text: string): number {
    this.#read(text);
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
    listFeatures(folded.units, folded.length, unitClass, this.features);
    const { ids, positions, length } = this.features;
    for (let k = 0; k < folded.length; k++) this.#evidence[k] = -DRIFT[unitClass[folded.units[k]]];
    for (let j = 0; j < length; j++) this.#evidence[positions[j]] += this.#weights[ids[j]];
    this.#silenceEchoes();
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
