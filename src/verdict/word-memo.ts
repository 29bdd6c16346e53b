import {
  bigramId,
  BOUNDARY,
  extend,
  fourgramId,
  HASH_STEP,
  SHORTEST_WORD,
  trigramId,
  wordId,
  wordPairId,
} from '../bayes/features.ts';
import type { CompiledRules } from '../rules/compile.ts';
import type { EvidenceTable } from './evidence.ts';

/** Of 50,000 words of English news, 17.7 % of them new, 20.6 % were not there with 2^14 slots and 18.4 % with these. 2 MB. */
export const SLOT_BITS = 16;
/** Words that are kept have at most as many units: one bit each in `literals`. */
export const LONGEST_WORD = 16;
/** A slot: 32 bytes, half a line of the cache. Two hashes and `LITERALS` have 32 bits, the other figures 16. */
const SIZE = 8;
export const MEMO_BYTES = (4 * SIZE) << SLOT_BITS;
const SECOND = 1;
/** Bit `n`: a literal of the rules may stand at unit `n`. */
export const LITERALS = 2;
/** Evidence of the whole word in steps. Places of 16 bits from here on. */
export const TOTAL = 6;
/**
 * The most that a stretch earns that begins with the word and ends before its last unit, at least 0; that ends with it and begins in it;
 * that lies in it without its last unit, at least 0. What a pair of words weighs is put on the last unit.
 */
export const PREFIX = 7;
export const SUFFIX = 8;
export const INSIDE = 9;

const BOUNDARY_HASH = Math.imul(BOUNDARY, HASH_STEP);
/** The weight of a table entry without its mark. */
export const WEIGHT = ~1;
/** FNV-1a's prime. */
export const WORD_STEP = 0x01000193;

/** Where a word of this first hash has its place, as an index into `wide`. */
const placeOf = (first: number): number => (Math.imul(first ^ (first >>> 15), HASH_STEP) >>> (32 - SLOT_BITS)) * SIZE;

/**
 * The evidence of words between marks, by slot: n-grams do not cross marks, so a word weighs the same wherever it stands. A
 * table with one place for a word, taken over by the next one; what it holds changes time, never figures. In steps.
 *
 * A word is known by two running hashes of its units, 64 bits in all: `first` = (first ^ unit) × `WORD_STEP`, `second` =
 * second × `HASH_STEP` + unit, both from 0.
 */
export class WordMemo {
  /** The table: hashes and `LITERALS`. */
  readonly wide: Int32Array;
  /** The same memory in halves: the other figures, at twice the index. */
  readonly figures: Int16Array;
  readonly #table: EvidenceTable;
  readonly #rules: CompiledRules;

  /** In memory of `MEMO_BYTES` that is all zero. */
  constructor(table: EvidenceTable, rules: CompiledRules, wide = new Int32Array(MEMO_BYTES / 4)) {
    this.wide = wide;
    this.figures = new Int16Array(wide.buffer, wide.byteOffset, 2 * wide.length);
    this.#table = table;
    this.#rules = rules;
    // An empty slot has hashes 0 and 0, which no word has but in slot 0.
    wide[0] = 1;
  }

  /** Weight of a word behind another one and a blank, by the `second` hashes of both. */
  pair(before: number, word: number): number {
    return this.#table.ngrams[wordPairId(before, word)] & WEIGHT;
  }

  /** Weight of a single unit less drift. */
  single(unit: number): number {
    return this.#table.singles[unit] >> 2;
  }

  /** The place of the word `units[from..to)`, which has at most `LONGEST_WORD` units. */
  look(units: Uint16Array, from: number, to: number, first: number, second: number): number {
    const at = placeOf(first);
    if (this.wide[at] !== first || this.wide[at + SECOND] !== second) this.#learn(units, from, to, first, second);
    return at;
  }

  #learn(units: Uint16Array, from: number, to: number, first: number, second: number): void {
    const at = placeOf(first);
    this.wide[at] = first;
    this.wide[at + SECOND] = second;
    this.#weigh(units, from, to, at);
  }

  /** As `LineEvidence` weighs a line of nothing but this word. */
  #weigh(units: Uint16Array, from: number, to: number, at: number): void {
    const { ngrams, singles } = this.#table;
    let [total, prefix, suffix, inside, literals] = [0, 0, 0, 0, 0];
    let [lastOne, lastTwo, lastThree, word] = [BOUNDARY_HASH, 0, 0, 0];
    for (let k = from; k < to; k++) {
      const unit = units[k];
      const pair = (lastOne + unit) | 0;
      const triple = (lastTwo + unit) | 0;
      const two = ngrams[bigramId(pair)];
      let value = (singles[unit] >> 2) + (two & WEIGHT);
      if ((two & 1) !== 0 && k > from) literals |= 1 << (k - from - 1);
      if (k > from) {
        const three = ngrams[trigramId(triple)];
        value += three & WEIGHT;
        if (k > from + 1) value += ngrams[fourgramId((lastThree + unit) | 0)] & WEIGHT;
        if ((three & 1) !== 0 && k > from + 1) literals |= 1 << (k - from - 2);
      }
      word = extend(word, unit);
      lastOne = Math.imul(unit, HASH_STEP);
      lastTwo = Math.imul(pair, HASH_STEP);
      lastThree = Math.imul(triple, HASH_STEP);
      if (k === to - 1) {
        const last = ngrams[bigramId((lastOne + BOUNDARY) | 0)];
        value += (last & WEIGHT) + (ngrams[trigramId((lastTwo + BOUNDARY) | 0)] & WEIGHT);
        if (k > from) value += ngrams[fourgramId((lastThree + BOUNDARY) | 0)] & WEIGHT;
        if (to - from >= SHORTEST_WORD) value += ngrams[wordId(word)] & WEIGHT;
        if ((last & 1) !== 0) literals |= 1 << (k - from);
      }
      total += value;
      if (k === to - 1) suffix += value;
      else {
        prefix = Math.max(prefix, total);
        suffix = Math.max(0, suffix + value);
        inside = Math.max(inside, suffix);
      }
    }
    this.figures[2 * at + TOTAL] = total;
    this.figures[2 * at + PREFIX] = prefix;
    this.figures[2 * at + SUFFIX] = suffix;
    this.figures[2 * at + INSIDE] = inside;
    this.wide[at + LITERALS] = literals === 0 ? 0 : this.literalsOf(units, from, to, literals);
  }

  /** Which of the noticed starts may be one. */
  literalsOf(units: Uint16Array, from: number, to: number, noticed: number): number {
    let bits = 0;
    for (let start = from, left = noticed; left !== 0; start++, left >>>= 1)
      if ((left & 1) !== 0 && this.#rules.mayStand(units, start, to, true)) bits |= 1 << (start - from);
    return bits;
  }
}
