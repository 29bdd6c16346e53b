import { BUCKETS, FeatureList, type listFeatures } from '../src/bayes/features.ts';
import { STEPS_PER_NAT } from '../src/bayes/model.ts';
import { compiledRules } from '../src/rules/compiled.ts';
import { RuleHits } from '../src/rules/hits.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { FoldedLine } from '../src/text/fold.ts';
import type { Span } from '../src/text/span.ts';
import { isMostlySpaced, unitClass, UNIT_OTHER } from '../src/text/unit.ts';
import { boundaryCosts, createCosts } from '../src/verdict/boundary.ts';
import type { Scored } from '../src/verdict/calibrate.ts';
import { DRIFT_STEPS } from '../src/verdict/drift.ts';
import { EvidenceTable, LineEvidence } from '../src/verdict/evidence.ts';
import { startOf } from '../src/verdict/joint.ts';
import { cohere } from '../src/verdict/lists.ts';
import { isEcho, isFigure } from '../src/verdict/score.ts';
import { STYLED_WEIGHT, styledNames } from '../src/verdict/styled.ts';
import { PRIOR, segment } from '../src/verdict/segment.ts';

/** Parts of the way of a line that can be left out. */
export interface Parts {
  readonly rules: boolean;
  readonly lists: boolean;
  readonly echo: boolean;
  /** Names in disguise. */
  readonly styled: boolean;
  readonly drift: boolean;
  /** Costs of boundaries; without them an injection may begin and end anywhere. */
  readonly costs: boolean;
  /** Without it a line is injected as a whole or not at all. */
  readonly segmentation: boolean;
  /** The start of what was glued to a sentence is moved; not where costs or segmentation are left out. */
  readonly joint: boolean;
  /** Without it width, case and compatibility forms alone are folded (NFKC). */
  readonly fold: boolean;
}

export const ALL_PARTS: Parts = {
  rules: true,
  lists: true,
  echo: true,
  styled: true,
  drift: true,
  costs: true,
  segmentation: true,
  joint: true,
  fold: true,
};

/** A stretch found in a line, in units of the text. */
export interface AblatedFinding extends Span, Scored {}

/** What `LineScorer` does, without its first stages and with parts left out: the same stages in the same order. */
export class AblatedScorer {
  readonly #parts: Parts;
  readonly #table: EvidenceTable;
  readonly #weights: Int8Array;
  readonly #list: typeof listFeatures | null;
  readonly #features = new FeatureList();
  readonly #folded = new FoldedLine();
  readonly #evidence = new LineEvidence();
  readonly #found = new RuleHits();
  #values = new Float32Array(4096);
  #costs = createCosts(4096);
  /** As they were before lists were looked at. */
  #own = new Float32Array(4096);
  #plainCosts = createCosts(4096);

  /** `list`: what lists the features where it is not the model's own; the start of an injection is then not moved. */
  constructor(weights: Int8Array, parts: Parts, list: typeof listFeatures | null = null) {
    this.#parts = parts;
    this.#weights = weights;
    this.#list = list;
    this.#table = new EvidenceTable(
      list === null ? weights : new Int8Array(BUCKETS),
      compiledRules(builtinRules).starts.ngrams,
    );
    if (!parts.drift) {
      const { singles } = this.#table;
      for (let unit = 0; unit < singles.length; unit++) singles[unit] += DRIFT_STEPS[unitClass[unit]] << 2;
    }
  }

  /** The injected stretches of `text.slice(start, end)`, one line. */
  find(text: string, start = 0, end = text.length): AblatedFinding[] {
    this.#fold(text, start, end);
    const { units, length } = this.#folded;
    this.#reserve(length);
    this.#read(text);
    boundaryCosts(units, length, this.#costs);
    if (!this.#parts.costs) {
      this.#costs.enter.fill(0, 0, length + 1);
      this.#costs.leave.fill(0, 0, length + 1);
    }
    this.#own.set(this.#values.subarray(0, length));
    boundaryCosts(units, length, this.#plainCosts);
    if (this.#parts.lists) cohere(units, length, this.#values, this.#costs);
    const stretches = this.#parts.segmentation
      ? segment(this.#values, this.#costs, length)
      : [{ start: 0, end: length }];
    return stretches
      .filter(({ start, end }) => this.#isHit(start, end) || !isFigure(units, start, end))
      .map(({ start, end }) => this.#finding(this.#startOf(start, end), end))
      .filter(({ logOdds }) => logOdds > 0);
  }

  #startOf(start: number, end: number): number {
    const { joint, costs, segmentation } = this.#parts;
    if (!joint || !costs || !segmentation || this.#list !== null) return start;
    const { units, length } = this.#folded;
    const line = { units, length, evidence: this.#own, costs: this.#plainCosts, ngrams: this.#table.ngrams };
    return startOf(line, start, end);
  }

  #isHit(start: number, end: number): boolean {
    return this.#found.hits.some((hit) => hit.end > start && hit.end <= end);
  }

  #fold(text: string, start: number, end: number): void {
    if (this.#parts.fold) this.#folded.fold(text, start, end);
    else foldCompatibility(text, start, end, this.#folded);
  }

  #read(text: string): void {
    const { units, length } = this.#folded;
    this.#evidence.read(units, length, this.#table);
    this.#found.clear();
    if (this.#list !== null) this.#readListed(this.#list);
    const { values, starts, startCount } = this.#evidence;
    if (this.#parts.rules) compiledRules(builtinRules).match(units, length, starts, startCount, this.#found);
    for (let k = 0; k < length; k++) {
      const silent = this.#parts.echo && values[k] > 0 && isEcho(units, k);
      this.#values[k] = silent ? 0 : values[k] / STEPS_PER_NAT;
    }
    for (const allowed of this.#found.allowed) {
      for (let k = allowed.start; k < allowed.end; k++) this.#values[k] = Math.min(0, this.#values[k]);
    }
    for (const hit of this.#found.hits) if (hit.allowedBy < 0) this.#values[hit.end - 1] += hit.weight;
    const mayHaveNames = this.#parts.styled && (this.#folded.styled || this.#folded.spread);
    for (const at of mayHaveNames ? styledNames(text, this.#folded) : []) this.#values[at] += STYLED_WEIGHT;
  }

  /** Evidence by a list of features, where the table of n-grams tells rules alone where to begin. */
  #readListed(list: typeof listFeatures): void {
    const { units, length } = this.#folded;
    const { values } = this.#evidence;
    list(units, length, unitClass, this.#features);
    for (let k = 0; k < length; k++) values[k] = -DRIFT_STEPS[unitClass[units[k]]];
    const { ids, positions, length: count } = this.#features;
    for (let j = 0; j < count; j++) values[positions[j]] += this.#weights[ids[j]];
  }

  #finding(start: number, end: number): AblatedFinding {
    const { units, starts, length } = this.#folded;
    let logOdds = -PRIOR - this.#costs.enter[start] - this.#costs.leave[end];
    for (let k = start; k < end; k++) logOdds += this.#values[k];
    let [from, to] = [start, end];
    while (from < to && unitClass[units[from]] === UNIT_OTHER) from++;
    while (to > from && to < length && unitClass[units[to - 1]] === UNIT_OTHER) to--;
    return {
      start: starts[from],
      end: starts[to],
      logOdds,
      units: to - from,
      spaced: isMostlySpaced(units, from, to),
    };
  }

  #reserve(length: number): void {
    if (this.#values.length >= length) return;
    this.#values = new Float32Array(2 * length);
    this.#costs = createCosts(2 * length);
    this.#own = new Float32Array(2 * length);
    this.#plainCosts = createCosts(2 * length);
  }
}

/** Unicode's compatibility form in lower case, unit by unit, and nothing else. */
function foldCompatibility(text: string, start: number, end: number, line: FoldedLine): void {
  line.fold('', 0, 0);
  const [units, starts]: number[][] = [[], []];
  for (let at = start; at < end;) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    for (const unit of character.normalize('NFKC').toLowerCase().split('')) {
      units.push(unit.charCodeAt(0));
      starts.push(at);
    }
    at += character.length;
  }
  line.units = Uint16Array.from(units);
  line.starts = Uint32Array.from([...starts, end]);
  line.length = units.length;
}
