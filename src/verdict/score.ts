import { STEPS_PER_NAT } from '../bayes/model.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { RuleHits, type Hit } from '../rules/hits.ts';
import { FoldedLine } from '../text/fold.ts';
import { boundaryCosts, createCosts } from './boundary.ts';
import { LineEvidence, type EvidenceTable } from './evidence.ts';
import { startOf } from './joint.ts';
import { cohere } from './lists.ts';
import { Prefilter } from './prefilter.ts';
import { bestStretch, LIST_SLACK, PRIOR, segment } from './segment.ts';
import { STYLED_WEIGHT, styledNames } from './styled.ts';
import { unitClass, UNIT_DIGIT, UNIT_OTHER } from '../text/unit.ts';

/** A line whose best stretch could not pay the prior but for that is honest, and nothing more is computed. Natural-log odds. */
const TRIGGER = PRIOR - LIST_SLACK;
/** Hidden text is where injections live; honest pages hide menus, so this is a nudge. Natural-log odds. */
export const HIDDEN_WEIGHT = 1.5;
/** An n-gram that stood one to six units before is an echo (`66666`, `哈哈哈`) and weighs nothing again. */
const LONGEST_ECHO = 6;
/**
 * A page number, a year or a price alone says nothing, whatever its digits mean in the name of a casino: of the figures to 20,000, 233 were
 * found by the model alone. From seven digits on it may be what somebody is to call.
 */
const SHORTEST_CONTACT = 7;
const BLANK = 0x20;

/** An injected stretch of a folded line with what speaks for it, all in natural-log odds. */
export interface ScoredSpan {
  /** Folded positions. */
  readonly from: number;
  readonly to: number;
  readonly bayes: number;
  /** What list coherence forgave. */
  readonly list: number;
  readonly hidden: number;
  /** What names in disguise add. */
  readonly styled: number;
  /** Prior and boundary costs, negative. */
  readonly prior: number;
  /** Rule hits that end in the span, also those that an allow-term took away. */
  readonly hits: readonly Hit[];
}

/**
 * Scores one line after another: fold, evidence, rules, lists, segmentation. Holds the buffers of the current line, so that
 * its spans can be explained before the next one is scored. Not re-entrant; one per sieve.
 */
export class LineScorer {
  readonly folded = new FoldedLine();
  readonly evidence = new LineEvidence();
  readonly found = new RuleHits();
  /** Evidence by folded position, natural-log odds, of lines that passed the trigger: of the model, and of everything. */
  model = new Float32Array(4096);
  #all = new Float32Array(4096);
  #costs = createCosts(4096);
  /** Both as they were before lists were looked at. */
  #own = new Float32Array(4096);
  #plainCosts = createCosts(4096);
  readonly #table: EvidenceTable;
  readonly #rules: CompiledRules;
  readonly #prefilter: Prefilter;
  #steps = 0;
  /** Folded positions of `styledNames`. */
  #styled: readonly number[] = NO_NAMES;

  constructor(table: EvidenceTable, rules: CompiledRules) {
    this.#table = table;
    this.#rules = rules;
    this.#prefilter = new Prefilter(table, rules);
  }

  /**
   * How far from spam the last line is as a whole, natural-log odds: the sum of its evidence, without most trigrams where the
   * first stage was enough.
   */
  get total(): number {
    return this.#steps / STEPS_PER_NAT;
  }

  /** Folds and scores `text.slice(start, end)`; returns its injected stretches, most often none. */
  score(text: string, start: number, end: number, hidden: boolean): readonly ScoredSpan[] {
    const { folded, evidence, found } = this;
    found.clear();
    if (!hidden && !this.#prefilter.passes(text, start, end)) {
      this.#steps = this.#prefilter.total;
      return NO_SPANS;
    }
    folded.fold(text, start, end);
    evidence.read(folded.units, folded.length, this.#table);
    this.#steps = evidence.total;
    if (evidence.startCount > 0) {
      this.#rules.match(folded.units, folded.length, evidence.starts, evidence.startCount, found);
    }
    this.#styled = folded.styled || folded.spread ? styledNames(text, folded) : NO_NAMES;
    const beside = this.#styled.length * STYLED_WEIGHT + (hidden ? HIDDEN_WEIGHT : 0);
    const most = evidence.best / STEPS_PER_NAT + found.weight + beside;
    return most < TRIGGER ? NO_SPANS : this.#analyse(hidden ? HIDDEN_WEIGHT : 0);
  }

  #analyse(hidden: number): readonly ScoredSpan[] {
    const { units, length } = this.folded;
    this.#layOut();
    for (const hit of this.found.hits) if (hit.allowedBy < 0) this.#all[hit.end - 1] += hit.weight;
    for (const at of this.#styled) this.#all[at] += STYLED_WEIGHT;
    boundaryCosts(units, length, this.#costs);
    if (bestStretch(this.#all, this.#costs, length) < -LIST_SLACK) return NO_SPANS;
    this.#own.set(this.#all.subarray(0, length));
    cohere(units, length, this.#all, this.#costs);
    const segments = segment(this.#all, this.#costs, length);
    if (segments.length === 0) return NO_SPANS;
    boundaryCosts(units, length, this.#plainCosts);
    let first = 0;
    let last = 0;
    const spans = segments.map(({ start: entered, end }) => {
      const { hits } = this.found;
      const start = Math.max(last, this.#startOf(entered, end));
      last = end;
      while (first < hits.length && hits[first].end <= start) first++;
      const from = first;
      while (first < hits.length && hits[first].end <= end) first++;
      return this.#span(start, end, hits.slice(from, first), hidden);
    });
    return spans.filter(({ from, to, hits }) => hits.length > 0 || !isFigure(units, from, to));
  }

  #startOf(start: number, end: number): number {
    const { units, length } = this.folded;
    const { ngrams } = this.#table;
    return startOf({ units, length, evidence: this.#own, costs: this.#plainCosts, ngrams }, start, end);
  }

  /** The model's evidence in natural-log odds, without echoes and without what speaks against an allow-term. */
  #layOut(): void {
    const { units, length } = this.folded;
    if (this.model.length < length) {
      this.model = new Float32Array(2 * length);
      this.#all = new Float32Array(2 * length);
      this.#costs = createCosts(2 * length);
      this.#own = new Float32Array(2 * length);
      this.#plainCosts = createCosts(2 * length);
    }
    const { values } = this.evidence;
    for (let k = 0; k < length; k++) {
      this.model[k] = values[k] > 0 && isEcho(units, k) ? 0 : values[k] / STEPS_PER_NAT;
    }
    for (const { start, end } of this.found.allowed) {
      for (let k = start; k < end; k++) this.model[k] = Math.min(0, this.model[k]);
    }
    this.#all.set(this.model.subarray(0, length));
  }

  #span(start: number, end: number, hits: readonly Hit[], hidden: number): ScoredSpan {
    const rules = hits.reduce((sum, hit) => sum + (hit.allowedBy < 0 ? hit.weight : 0), 0);
    const bayes = sumOf(this.model, start, end);
    const styled = this.#styled.filter((at) => at >= start && at < end).length * STYLED_WEIGHT;
    const list = sumOf(this.#all, start, end) - bayes - rules - styled;
    const prior = -(PRIOR + this.#costs.enter[start] + this.#costs.leave[end]);
    return { ...this.#trim(start, end), bayes, list, hidden, styled, prior, hits };
  }

  /** Marks and blanks at the ends are no part of an injection, but for marks that end the line with it. */
  #trim(start: number, end: number): { from: number; to: number } {
    const { units, length } = this.folded;
    let [from, to] = [start, end];
    while (from < to && unitClass[units[from]] === UNIT_OTHER) from++;
    while (to > from && unitClass[units[to - 1]] === UNIT_OTHER) to--;
    if (end === length) while (to < length && units[to] !== BLANK) to++;
    return { from, to };
  }
}

/** Whether a stretch is digits and marks alone, and fewer of them than a number that one is called by has. */
export function isFigure(units: Uint16Array, from: number, to: number): boolean {
  let digits = 0;
  for (let k = from; k < to; k++) {
    if (unitClass[units[k]] === UNIT_DIGIT) digits++;
    else if (unitClass[units[k]] !== UNIT_OTHER) return false;
  }
  return digits < SHORTEST_CONTACT;
}

function sumOf(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum += values[k];
  return sum;
}

const NO_SPANS: readonly ScoredSpan[] = [];
const NO_NAMES: readonly number[] = [];

/** True where the three units that end at `k` stood one to `LONGEST_ECHO` units before. */
export function isEcho(units: Uint16Array, k: number): boolean {
  for (let period = 1; period <= LONGEST_ECHO && period <= k - 2; period++) {
    if (
      units[k] === units[k - period] &&
      units[k - 1] === units[k - 1 - period] &&
      units[k - 2] === units[k - 2 - period]
    ) {
      return true;
    }
  }
  return false;
}
