import { bigramId, BOUNDARY, HASH_STEP, trigramId } from '../bayes/features.ts';
import { STEPS_PER_NAT } from '../bayes/model.ts';
import { unitClass, UNIT_OTHER, UNIT_UNSPACED } from '../text/unit.ts';
import type { ReadLine } from './line-reader.ts';
import { BLANK, CARE_KIND, isAllPlain, SPACED, UNIT_SHIFT, weightOf, WORD_UNIT } from './raw-units.ts';
import { INSIDE, LITERALS, LONGEST_WORD, PREFIX, SUFFIX, TOTAL, WORD_STEP, type WordMemo } from './word-memo.ts';

/** A shorter line may be a remnant, which trigrams decide; scoring it costs little. Units. */
export const SHORTEST_MIXED = 12;
/**
 * What single units and bigrams have to earn before a line is scored, in steps: from one end of the line to the other, more by
 * `SIDE` for each end of the stretch that lies within the line. Of 1,470 written lines that full scoring finds, 5 were stopped with 1
 * natural-log odds, 3 with .8, none with .6 (with an earlier model 42 with 2.5, 13 with 1.5); of the characters of Chinese news 4.3, 4.6 and 4.8 %
 * passed, of technical articles 23, 24 and 30 %.
 */
const ENOUGH = 0.8 * STEPS_PER_NAT;
const SIDE = 1 * STEPS_PER_NAT;
const ENOUGH_AT_END = ENOUGH + SIDE;
const ENOUGH_WITHIN = ENOUGH + 2 * SIDE;
/** Words come with all of their n-grams, so that more can be asked of them. */
const ENOUGH_IN_WORDS = ENOUGH + 2.5 * SIDE;
const BOUNDARY_HASH = Math.imul(BOUNDARY, HASH_STEP);
/** The kernel is compiled with the same. */
export const MIXED_CONSTANTS = { SIDE, ENOUGH_AT_END, ENOUGH_WITHIN, ENOUGH_IN_WORDS, BOUNDARY_HASH };

/**
 * The first stage for lines with characters that need no blank: one look-up to fold and weigh a unit, one for the bigram, and the
 * evidence of spaced words between marks as `WordMemo` keeps it.
 */
export class MixedLine implements ReadLine {
  total = 0;
  units = new Uint16Array(4096);
  length = 0;
  starts = new Int32Array(4096);
  startCount = 0;
  readonly #table: Int32Array;
  readonly #ngrams: Int8Array;
  readonly #memo: WordMemo;

  constructor(table: Int32Array, ngrams: Int8Array, memo: WordMemo) {
    this.#table = table;
    this.#ngrams = ngrams;
    this.#memo = memo;
  }

  /**
   * True where a stretch of `text.slice(start, end)` earns enough, or where the line cannot be weighed. Rules are not
   * looked at.
   */
  earns(text: string, start: number, end: number): boolean {
    if (this.units.length < end - start) this.#grow(2 * (end - start));
    const table = this.#table;
    const ngrams = this.#ngrams;
    const units = this.units;
    const starts = this.starts;
    const memo = this.#memo;
    const { wide, figures } = memo;
    let length = 0;
    let startCount = 0;
    let total = 0;
    // The best stretch that ends here, which starts with the cost of a side that the line's start does not have.
    let stretch = SIDE;
    // Its sign bit is set once a stretch was enough.
    let enough = 0;
    let marks = 0;
    let i = start;
    while (i < end) {
      let entry = table[text.charCodeAt(i)];
      if ((entry & WORD_UNIT) === 0) {
        const before = length > 0 ? units[length - 1] : BLANK;
        const mark = entry >>> UNIT_SHIFT;
        marks |= entry;
        i++;
        if (mark === BLANK && before === BLANK) continue;
        if (length >= 3 && units[length - 2] === mark && maySpread(units, length, mark)) return true;
        units[length++] = mark;
        continue;
      }
      const begin = length;
      let last = BOUNDARY_HASH;
      // The hash of the last two units.
      let pairBefore = 0;
      if ((entry & SPACED) !== 0) {
        let first = 0;
        let second = 0;
        do {
          const unit = entry >>> UNIT_SHIFT;
          first = Math.imul(first ^ unit, WORD_STEP);
          second = (Math.imul(second, HASH_STEP) + unit) | 0;
          units[length++] = unit;
          entry = ++i < end ? table[text.charCodeAt(i)] : 0;
        } while ((entry & SPACED) !== 0);
        const pure = (entry & WORD_UNIT) === 0;
        if (pure && length - begin <= LONGEST_WORD) {
          const at = memo.look(units, begin, length, first, second);
          const word = 2 * at;
          const inside = Math.max(stretch + figures[word + PREFIX], figures[word + INSIDE]);
          enough |= ENOUGH_IN_WORDS - inside;
          const weight = figures[word + TOTAL];
          total += weight;
          stretch = Math.max(stretch + weight, figures[word + SUFFIX], 0);
          enough |= ENOUGH_IN_WORDS - stretch;
          let literals = wide[at + LITERALS];
          for (let k = begin; literals !== 0; k++, literals >>>= 1) if ((literals & 1) !== 0) starts[startCount++] = k;
          continue;
        }
        // Letters or digits beside a character that needs no blank, or too many of them.
        for (let k = begin; k < length; k++) {
          const unit = units[k];
          const pair = (last + unit) | 0;
          const two = ngrams[bigramId(pair)];
          if (k >= begin + 2 && (ngrams[trigramId((Math.imul(pairBefore, HASH_STEP) + unit) | 0)] & 1) !== 0)
            startCount = noted(starts, startCount, k - 2);
          pairBefore = pair;
          if ((two & 1) !== 0) starts[startCount++] = k - 1;
          const value = two + memo.single(unit);
          total += value;
          stretch = Math.max(stretch + value, 0);
          enough |= ENOUGH_WITHIN - stretch;
          last = Math.imul(unit, HASH_STEP);
        }
        if (pure) continue;
      }
      let letters = 0;
      do {
        const unit = entry >>> UNIT_SHIFT;
        const pair = (last + unit) | 0;
        const two = ngrams[bigramId(pair)];
        if ((entry & SPACED) === 0) letters = 0;
        else if (++letters > 2 && (ngrams[trigramId((Math.imul(pairBefore, HASH_STEP) + unit) | 0)] & 1) !== 0)
          startCount = noted(starts, startCount, length - 2);
        pairBefore = pair;
        if ((two & 1) !== 0) starts[startCount++] = length - 1;
        const value = two + weightOf(entry);
        total += value;
        stretch += value;
        stretch &= ~(stretch >> 31);
        enough |= ENOUGH_WITHIN - stretch;
        last = Math.imul(unit, HASH_STEP);
        units[length++] = unit;
        entry = ++i < end ? table[text.charCodeAt(i)] : 0;
      } while ((entry & WORD_UNIT) !== 0);
    }
    if ((marks & CARE_KIND) !== 0 && !isAllPlain(table, text, start, end)) return true;
    this.total = total;
    this.length = length;
    this.startCount = startCount;
    return enough < 0 || stretch > ENOUGH_AT_END;
  }

  #grow(size: number): void {
    this.units = new Uint16Array(size);
    this.starts = new Int32Array(size);
  }
}

/**
 * Notes that a literal may begin at `start`, once: what is noticed by a pair there was noted before. Letters and digits among characters that need no
 * blank are no word of the memo, and a literal of nothing else is noticed by three of them.
 */
function noted(starts: Int32Array, startCount: number, start: number): number {
  if (startCount > 0 && starts[startCount - 1] === start) return startCount;
  starts[startCount] = start;
  return startCount + 1;
}

/**
 * A single character stands between two of the same mark, as in `text/fold.ts`, and another one before them. `mark` is the unit
 * that follows `units[0..length)`, and `units[length - 2]` is the same.
 */
export function maySpread(units: Uint16Array, length: number, mark: number): boolean {
  const kind = unitClass[units[length - 1]];
  if (kind === UNIT_OTHER) return false;
  const early = length >= 4 ? units[length - 4] : mark;
  if (unitClass[units[length - 3]] !== UNIT_OTHER && unitClass[early] !== UNIT_OTHER) return false;
  return kind === UNIT_UNSPACED || (length >= 4 && early === mark);
}
