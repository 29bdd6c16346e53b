import type { CompiledRules } from '../rules/compile.ts';
import { LineEvidence, type EvidenceTable } from './evidence.ts';

/** With 4,096 slots 18 % of the words of English and Russian news were not there, with these 7 %. A megabyte. */
const SLOT_BITS = 14;
const SLOTS = 1 << SLOT_BITS;
/** Words that are kept have at most as many units: one bit each in `literals`. */
export const LONGEST_WORD = 16;
const SIZE = 32;
const LENGTH = 16;
/** Evidence of the whole word in steps. */
export const TOTAL = 17;
/** The most that a stretch earns that begins with the word, ends with it, or lies in it; at least 0. */
export const PREFIX = 18;
export const SUFFIX = 19;
export const INSIDE = 20;
/** Bit `n`: a literal of the rules may stand at unit `n`. */
export const LITERALS = 21;

/**
 * The evidence of words between marks, by slot: n-grams do not cross marks, so a word weighs the same wherever it stands. A
 * table with one place for a word, taken over by the next one; what it holds changes time, never figures. In steps.
 */
export class WordMemo {
  /** Every word's units and figures beside each other: one line of the cache for a word. */
  readonly figures = new Int16Array(SLOTS * SIZE);
  readonly #units = new Uint16Array(this.figures.buffer);
  readonly #evidence = new LineEvidence();
  readonly #table: EvidenceTable;
  readonly #rules: CompiledRules;

  constructor(table: EvidenceTable, rules: CompiledRules) {
    this.#table = table;
    this.#rules = rules;
  }

  /** Weight of a single unit less drift. */
  single(unit: number): number {
    return this.#table.singles[unit] >> 2;
  }

  /** Where in `figures` those of the word `units[from..to)` stand; it has at most `LONGEST_WORD` units, `hash` is any hash of it. */
  look(units: Uint16Array, from: number, to: number, hash: number): number {
    const length = to - from;
    const at = (Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> (32 - SLOT_BITS)) * SIZE;
    const words = this.#units;
    if (words[at + LENGTH] === length) {
      let same = 0;
      while (same < length && words[at + same] === units[from + same]) same++;
      if (same === length) return at;
    }
    words[at + LENGTH] = length;
    for (let k = 0; k < length; k++) words[at + k] = units[from + k];
    this.#weigh(words.subarray(at, at + length), at);
    return at;
  }

  #weigh(word: Uint16Array, at: number): void {
    const evidence = this.#evidence;
    evidence.read(word, word.length, this.#table);
    let [total, prefix, suffix, inside] = [0, 0, 0, 0];
    for (let k = 0; k < word.length; k++) {
      total += evidence.values[k];
      prefix = Math.max(prefix, total);
      suffix = Math.max(0, suffix + evidence.values[k]);
      inside = Math.max(inside, suffix);
    }
    this.figures[at + TOTAL] = total;
    this.figures[at + PREFIX] = prefix;
    this.figures[at + SUFFIX] = suffix;
    this.figures[at + INSIDE] = inside;
    this.figures[at + LITERALS] = this.#literalsOf(word);
  }

  #literalsOf(word: Uint16Array): number {
    const { starts, startCount } = this.#evidence;
    let bits = 0;
    for (let s = 0; s < startCount; s++) {
      const start = starts[s];
      if (start >= 0 && this.#rules.mayStand(word, start, word.length, true)) bits |= 1 << start;
    }
    return bits;
  }
}
