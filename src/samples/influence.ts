import { STEPS_PER_NAT } from '../bayes/model.ts';
import { featureShift } from '../bayes/shift.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { RuleHits } from '../rules/hits.ts';
import { linesOf } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { isMostlySpaced, unitClass } from '../text/unit.ts';
import { boundaryCosts, createCosts } from '../verdict/boundary.ts';
import { logOddsAt } from '../verdict/calibrate.ts';
import { DRIFT } from '../verdict/drift.ts';
import { isHeard } from '../verdict/learned.ts';
import { cohere } from '../verdict/lists.ts';
import type { Policy } from '../verdict/policy.ts';
import { isEcho } from '../verdict/score.ts';
import { PRIOR, segment } from '../verdict/segment.ts';
import type { BaseModel } from './adapt.ts';
import { SampleLine } from './sample-line.ts';

/** A sample counts as so many lines at the most: what one label may move. */
export const MOST_INFLUENCE = 32;
/** Natural-log odds beyond what the policy asks, so that a line which differs in some words is judged alike. */
const MARGIN = 8;
/** Of a spam line, so much of its word characters has to be found. */
const FOUND = 0.8;

/**
 * How many lines of the base a labelled line has to count as, that the filter judges it as the label says from then on: a line
 * that the base nearly agrees with moves little, one that it is sure to be otherwise moves as much as one label may. A property of
 * text, label and base alone, so that it does not depend on what was learned before.
 */
export class InfluenceMeter {
  readonly #base: BaseModel;
  readonly #rules: CompiledRules;
  readonly #policy: Policy;
  readonly #line = new SampleLine();
  readonly #hits = new RuleHits();
  #evidence = new Float32Array(4096);
  /** The sample's own part of it. */
  #learned = new Float32Array(4096);
  #costs = createCosts(4096);

  constructor(base: BaseModel, rules: CompiledRules, policy: Policy) {
    this.#base = base;
    this.#rules = rules;
    this.#policy = policy;
  }

  /** A power of two up to `MOST_INFLUENCE`: the most that any line of the text needs. About a millisecond for a line of 100 units. */
  of(text: string, label: 'legit' | 'spam'): number {
    let most = 1;
    for (const { start, end } of linesOf(text)) {
      this.#read(text, start, end);
      while (most < MOST_INFLUENCE && !this.#agrees(label, most)) most *= 2;
    }
    return most;
  }

  #read(text: string, start: number, end: number): void {
    this.#line.read(text, start, end);
    const { units, length } = this.#line.folded;
    if (this.#evidence.length < length) {
      this.#evidence = new Float32Array(2 * length);
      this.#learned = new Float32Array(2 * length);
      this.#costs = createCosts(2 * length);
    }
    this.#hits.clear();
    this.#rules.match(
      units,
      length,
      Int32Array.from({ length }, (_, k) => k),
      length,
      this.#hits,
    );
  }

  /** Whether the line is judged as its label says once it counts as `lines` lines. */
  #agrees(label: 'legit' | 'spam', lines: number): boolean {
    const spans = this.#spans(label, lines);
    const { thresholds } = this.#policy;
    if (label === 'legit') return spans.every((span) => this.#surplus(span, thresholds.review) < -MARGIN);
    const found = spans.filter((span) => this.#surplus(span, thresholds.remove) > MARGIN);
    const words = (from: number, to: number) => countWords(this.#line.folded.units, from, to);
    const covered = found.reduce((sum, { start, end }) => sum + words(start, end), 0);
    return covered >= FOUND * words(0, this.#line.folded.length);
  }

  /** As `verdict/score.ts` finds them, from the base's evidence and what the sample adds to it. */
  #spans(label: 'legit' | 'spam', lines: number): Span[] {
    const { units, length } = this.#line.folded;
    this.#layOut(label, lines);
    boundaryCosts(units, length, this.#costs);
    cohere(units, length, this.#evidence, this.#costs);
    return segment(this.#evidence, this.#costs, length);
  }

  #layOut(label: 'legit' | 'spam', lines: number): void {
    const { units, length } = this.#line.folded;
    const { ids, positions, length: features } = this.#line.features;
    const { counts, model } = this.#base;
    const evidence = this.#evidence;
    const learned = this.#learned.fill(0, 0, length);
    for (let k = 0; k < length; k++) evidence[k] = -DRIFT[unitClass[units[k]]];
    for (let j = 0; j < features; j++) {
      const shift = label === 'spam' ? featureShift(counts, ids[j], 0, lines) : featureShift(counts, ids[j], lines, 0);
      evidence[positions[j]] += model.weights[ids[j]] / STEPS_PER_NAT + shift;
      learned[positions[j]] += shift;
    }
    for (let k = 0; k < length; k++) if (evidence[k] > 0 && isEcho(units, k)) evidence[k] = learned[k] = 0;
    for (const { start, end } of this.#hits.allowed)
      for (let k = start; k < end; k++) evidence[k] = Math.min(0, evidence[k]);
    for (const hit of this.#hits.hits) if (hit.allowedBy < 0) evidence[hit.end - 1] += hit.weight;
  }

  /** Natural-log odds of a span beyond those that give a posterior of `threshold`. */
  #surplus({ start, end }: Span, threshold: number): number {
    const { units } = this.#line.folded;
    let logOdds = -(PRIOR + this.#costs.enter[start] + this.#costs.leave[end]);
    let learned = 0;
    for (let k = start; k < end; k++) {
      logOdds += this.#evidence[k];
      learned += this.#learned[k];
    }
    if (!isHeard(learned)) logOdds -= learned;
    if (logOdds <= 0) return -Infinity;
    const spaced = isMostlySpaced(units, start, end);
    return logOdds - logOddsAt(threshold, end - start, spaced, this.#policy.calibration);
  }
}

function countWords(units: Uint16Array, from: number, to: number): number {
  let words = 0;
  for (let k = from; k < to; k++) if (unitClass[units[k]] !== 0) words++;
  return words;
}
