import { HASH_STEP } from '../bayes/features.ts';
import { STEPS_PER_NAT } from '../bayes/model.ts';
import { COST_INSIDE, COST_MARK, COST_SENTENCE, COST_WORD } from './boundary.ts';
import type { ReadLine } from './line-reader.ts';
import { BLANK, CARE_KIND, isAllPlain, SENTENCE_KIND, SPACED, UNIT_SHIFT, UNSPACED } from './raw-units.ts';
import { LIST_SLACK, PRIOR } from './segment.ts';
import { INSIDE, LITERALS, LONGEST_WORD, PREFIX, SUFFIX, TOTAL, WORD_STEP, type WordMemo } from './word-memo.ts';

/** What reading a line came to. */
export const LINE_STOPS = 0;
export const LINE_PASSES = 1;
/** Not all of its words are spaced ones of `LONGEST_WORD` units at most: `MixedLine` has to read it. */
export const LINE_IS_MIXED = 2;

/** In steps; the kernel is compiled with the same. */
export const WORD_CONSTANTS = {
  /** Costs of boundaries. */
  SENTENCE: COST_SENTENCE * STEPS_PER_NAT,
  MARK: COST_MARK * STEPS_PER_NAT,
  WORD: COST_WORD * STEPS_PER_NAT,
  WITHIN: COST_INSIDE * STEPS_PER_NAT,
  /** The most that a stretch earns after its costs in a line that stops: a step less than `LineScorer` asks for, for its rounding. */
  MOST: (PRIOR - LIST_SLACK) * STEPS_PER_NAT - 2,
  /** Below every sum. */
  NEVER: -0x40000000,
  FULL_STOP: 0x2e,
  /** So many words of one unit in a row may be one word that was spread out (`text/spread.ts`). */
  FEWEST_SPREAD: 4,
};
const { SENTENCE, MARK, WORD, WITHIN, MOST, NEVER, FULL_STOP, FEWEST_SPREAD } = WORD_CONSTANTS;

/**
 * The first stage for lines of spaced words. A word between marks weighs the same wherever it stands, so the best stretch, its
 * boundary costs and pairs of words included, is found word by word without looking at a single n-gram: what stops here could not be found, and
 * its evidence is exact. Only echoes, which take evidence away, are not looked at.
 */
export class WordLine implements ReadLine {
  total = 0;
  length = 0;
  startCount = 0;
  units = new Uint16Array(4096);
  starts = new Int32Array(4096);
  readonly #table: Int32Array;
  readonly #memo: WordMemo;

  constructor(table: Int32Array, memo: WordMemo) {
    this.#table = table;
    this.#memo = memo;
  }

  /** Reads `text.slice(start, end)`; returns what it came to. Rules are not looked at. */
  read(text: string, start: number, end: number): number {
    if (this.units.length < end - start) this.#grow(2 * (end - start));
    const table = this.#table;
    const units = this.units;
    const memo = this.#memo;
    const { wide, figures } = memo;
    let length = 0;
    let startCount = 0;
    let total = 0;
    // The best stretch that ends here, and what it costs to begin one.
    let stretch = NEVER;
    let enter = 0;
    // Its sign bit is set once a stretch was enough.
    let enough = 0;
    let singles = 0;
    let before = BLANK;
    let wordBefore = 0;
    let seen = 0;
    let i = start;
    let entry = i < end ? table[text.charCodeAt(i)] : 0;
    while (i < end) {
      const gap = length;
      let marks = 0;
      while ((entry & SPACED) === 0) {
        if ((entry & UNSPACED) !== 0) return LINE_IS_MIXED;
        marks |= entry;
        const mark = entry >>> UNIT_SHIFT;
        if (mark !== BLANK) units[length++] = mark;
        else if (before !== BLANK) {
          if (before === FULL_STOP) marks |= SENTENCE_KIND;
          units[length++] = mark;
        }
        before = mark;
        if (++i >= end) break;
        entry = table[text.charCodeAt(i)];
      }
      seen |= marks;
      if (i >= end) break;
      if (gap > 0) {
        enough |= MOST + (units[gap] === BLANK ? WORD : MARK) - stretch;
        enter = (marks & SENTENCE_KIND) !== 0 ? SENTENCE : before === BLANK ? WORD : MARK;
      }
      const begin = length;
      let first = 0;
      let second = 0;
      do {
        const unit = entry >>> UNIT_SHIFT;
        first = Math.imul(first ^ unit, WORD_STEP);
        second = (Math.imul(second, HASH_STEP) + unit) | 0;
        units[length++] = unit;
        if (++i >= end) break;
        entry = table[text.charCodeAt(i)];
      } while ((entry & SPACED) !== 0);
      before = 0;
      const size = length - begin;
      if (size > LONGEST_WORD) return LINE_IS_MIXED;
      singles = size === 1 ? singles + 1 : 0;
      if (singles === FEWEST_SPREAD) return LINE_PASSES;
      const at = memo.look(units, begin, length, first, second);
      const figure = 2 * at;
      const gain = (stretch + enter) | 0;
      const entered = (gain & ~(gain >> 31)) - enter;
      const isPair = gap > 0 && begin - gap === 1 && units[gap] === BLANK;
      const pair = isPair ? memo.pair(wordBefore, second) : 0;
      wordBefore = second;
      enough |= MOST + WITHIN - (entered + figures[figure + PREFIX]);
      enough |= MOST + 2 * WITHIN - figures[figure + INSIDE];
      const weight = figures[figure + TOTAL] + pair;
      total += weight;
      const through = (entered + weight) | 0;
      const less = (through - (figures[figure + SUFFIX] + pair) + WITHIN) | 0;
      stretch = through - (less & (less >> 31));
      let literals = wide[at + LITERALS];
      for (let k = begin; literals !== 0; k++, literals >>>= 1) if ((literals & 1) !== 0) this.starts[startCount++] = k;
    }
    if ((seen & CARE_KIND) !== 0 && !isAllPlain(table, text, start, end)) return LINE_PASSES;
    enough |= MOST - stretch;
    this.total = total;
    this.length = length;
    this.startCount = startCount;
    return enough < 0 ? LINE_PASSES : LINE_STOPS;
  }

  #grow(size: number): void {
    this.units = new Uint16Array(size);
    this.starts = new Int32Array(size);
  }
}
