import {
  bigramId,
  BOUNDARY,
  extend,
  fourgramId,
  HASH_STEP,
  SHORTEST_WORD,
  trigramId,
  unigramId,
  wordId,
  wordPairId,
} from '../bayes/features.ts';
import { STEPS_PER_NAT } from '../bayes/model.ts';
import { unitClass } from '../text/unit.ts';
import { COST_BLANK, COST_INSIDE, COST_MARK, COST_SCRIPT, COST_SENTENCE, COST_WORD } from './boundary.ts';
import { DRIFT_STEPS } from './drift.ts';

/** The least that it can cost to enter or leave beside a mark or blank, and elsewhere within a line, in steps. */
const LEAST_AT_MARK = Math.min(COST_SENTENCE, COST_BLANK, COST_MARK, COST_WORD) * STEPS_PER_NAT;
const LEAST_INSIDE = Math.min(COST_SCRIPT, COST_INSIDE) * STEPS_PER_NAT;
/** The class of a unit in `singles`. */
const CLASS = 3;
/** The weight of a table entry without its mark. */
const WEIGHT = ~1;
const BLANK = 0x20;
const NOWHERE = -1;

/** The model laid out for one look-up an n-gram. 900 kB: what is looked up most has to stay in the second-level cache. */
export class EvidenceTable {
  /** By feature id the weight, which is even, plus 1 where a literal of the rules may start with that n-gram. */
  readonly ngrams: Int8Array;
  #singles: Int16Array | null = null;

  /** `noticed`: ids of the n-grams at whose ends a literal of the rules is noticed (`RuleStarts`). */
  constructor(weights: Int8Array, noticed: ArrayLike<number> = []) {
    this.ngrams = weights.slice();
    for (let n = 0; n < noticed.length; n++) this.ngrams[noticed[n]] |= 1;
  }

  /**
   * By unit its weight less drift, times four, plus its class: one look-up for all. Laid out when a line is first read by it, 2 ms in cold code: the
   * kernel has a table of its own, and an isolate that starts reads no line.
   */
  get singles(): Int16Array {
    return (this.#singles ??= singlesOf(this.ngrams));
  }
}

function singlesOf(ngrams: Int8Array): Int16Array {
  const singles = new Int16Array(65536);
  for (let unit = 0; unit < 65536; unit++) {
    const kind = unitClass[unit];
    singles[unit] = (((ngrams[unigramId(unit)] & WEIGHT) - DRIFT_STEPS[kind]) << 2) | kind;
  }
  return singles;
}

/** The words of a line as they are read: a word weighs from `SHORTEST_WORD` on, and with the word before it behind one blank. */
class WordEvidence {
  #word = 0;
  #length = 0;
  #before = 0;
  /** Where a word makes a pair with the last one. */
  #next = NOWHERE;
  #isPair = false;

  restart(): void {
    this.#word = this.#length = 0;
    this.#next = NOWHERE;
  }

  extend(unit: number, k: number): void {
    if (this.#length === 0) this.#isPair = k === this.#next;
    this.#word = extend(this.#word, unit);
    this.#length++;
  }

  /** The weight of the word that `unit` at `k` ends, and of its pair. */
  close(unit: number, k: number, ngrams: Int8Array): number {
    let weight = this.#length >= SHORTEST_WORD ? ngrams[wordId(this.#word)] & WEIGHT : 0;
    if (this.#isPair) weight += ngrams[wordPairId(this.#before, this.#word)] & WEIGHT;
    this.#next = unit === BLANK ? k + 1 : NOWHERE;
    this.#before = this.#word;
    this.#word = this.#length = 0;
    return weight;
  }
}

/**
 * The evidence of one folded line, position by position, in steps of 1/20 natural-log odds, without rules. A buffer to be
 * used again for the next line.
 */
export class LineEvidence {
  values = new Int16Array(4096);
  /** Sum over the line. */
  total = 0;
  /** The most that any stretch can earn after the least that its two ends can cost: a bound of `bestStretch` and the prior. */
  best = 0;
  /** Where a literal of the rules may start. */
  starts = new Int32Array(256);
  startCount = 0;
  readonly #words = new WordEvidence();

  /** Reads `units[0..length)`: one pass, three to four look-ups a unit. `listFeatures` names the same features one by one. */
  read(units: Uint16Array, length: number, { ngrams, singles }: EvidenceTable): void {
    if (this.values.length < length) this.values = new Int16Array(Math.max(length, 2 * this.values.length));
    const values = this.values;
    const words = this.#words;
    words.restart();
    let first = BOUNDARY;
    let second = BOUNDARY;
    // Whether the last unit is one of a spaced word.
    let spaced = 0;
    // Running hashes of the last unit, of the last two and three, each ready to be extended by the next unit.
    let lastOne = Math.imul(BOUNDARY, HASH_STEP);
    let lastTwo = 0;
    let lastThree = 0;
    let total = 0;
    let stretch = 0;
    let inside = 0;
    let best = 0;
    let floor = 0;
    this.startCount = 0;
    for (let k = 0; k < length; k++) {
      const unit = units[k];
      const single = singles[unit];
      if ((single & CLASS) === 0) {
        values[k] = 0;
        if (first === BOUNDARY) continue;
        let closing = this.#close(k, lastOne, lastTwo, ngrams);
        if (spaced !== 0) {
          if (second !== BOUNDARY) closing += ngrams[fourgramId((lastThree + BOUNDARY) | 0)] & WEIGHT;
          closing += words.close(unit, k, ngrams);
        }
        values[k - 1] += closing;
        total += closing;
        stretch += closing;
        if (stretch - LEAST_AT_MARK > best) best = stretch - LEAST_AT_MARK;
        floor = -LEAST_AT_MARK;
        first = BOUNDARY;
        second = BOUNDARY;
        spaced = 0;
        lastOne = Math.imul(BOUNDARY, HASH_STEP);
        continue;
      }
      let closing = 0;
      const quadruple = (lastThree + unit) | 0;
      const isLong = spaced !== 0 && second !== BOUNDARY;
      if ((single & 1) !== 0) words.extend(unit, k);
      else if (spaced !== 0) closing = words.close(unit, k, ngrams);
      const pair = (lastOne + unit) | 0;
      const triple = (lastTwo + unit) | 0;
      const two = ngrams[bigramId(pair)];
      let value = (single >> 2) + (two & WEIGHT);
      let flags = two & 1;
      if (first !== BOUNDARY) {
        const three = ngrams[trigramId(triple)];
        value += three & WEIGHT;
        flags |= (three & 1) << 1;
        if (isLong) value += ngrams[fourgramId(quadruple)] & WEIGHT;
      }
      if (flags !== 0) this.#addStart(flags > 1 ? k - 2 : k - 1);
      values[k] = value;
      if (closing !== 0) {
        values[k - 1] += closing;
        total += closing;
        stretch += closing;
        if (stretch > inside) inside = stretch;
      }
      total += value;
      stretch = (stretch > floor ? stretch : floor) + value;
      if (stretch > inside) inside = stretch;
      floor = -LEAST_INSIDE;
      second = first;
      first = unit;
      spaced = single & 1;
      lastOne = Math.imul(unit, HASH_STEP);
      lastTwo = Math.imul(pair, HASH_STEP);
      lastThree = Math.imul(triple, HASH_STEP);
    }
    let closing = 0;
    if (first !== BOUNDARY) {
      closing = this.#close(length, lastOne, lastTwo, ngrams);
      if (spaced !== 0) {
        if (second !== BOUNDARY) closing += ngrams[fourgramId((lastThree + BOUNDARY) | 0)] & WEIGHT;
        closing += words.close(BOUNDARY, length, ngrams);
      }
      values[length - 1] += closing;
    }
    this.total = total + closing;
    this.best = Math.max(best, inside - LEAST_INSIDE, stretch + closing);
  }

  /** The weight of the n-grams that a boundary at `k` closes; it goes to the unit before. */
  #close(k: number, lastOne: number, lastTwo: number, ngrams: Int8Array): number {
    const two = ngrams[bigramId((lastOne + BOUNDARY) | 0)];
    const three = ngrams[trigramId((lastTwo + BOUNDARY) | 0)];
    if ((two & 1) !== 0) this.#addStart(k - 1);
    return (two & WEIGHT) + (three & WEIGHT);
  }

  #addStart(position: number): void {
    if (this.startCount === this.starts.length) {
      const starts = new Int32Array(2 * this.startCount);
      starts.set(this.starts);
      this.starts = starts;
    }
    this.starts[this.startCount++] = position;
  }
}
