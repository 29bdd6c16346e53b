import { bigramId, BOUNDARY, extend, HASH_PAIR, trigramId } from '../bayes/features.ts';
import { unitClass, UNIT_OTHER, UNIT_UNSPACED } from '../text/unit.ts';
import type { Trie } from './trie.ts';

/**
 * Units of an opening: of places in English where a rule may begin by its first two units, 46 % are left by three, 18 % by four, and the fifth
 * costs as little.
 */
const OPENING = 5;
/** 2^17 bits are 16 kB: looked up at every start, they stay in the first-level cache, and one in sixty is set. */
const OPENING_BITS = 17;
const WORD_BITS = 4;
/** Words of 16 bits that `openings` has. */
export const OPENING_WORDS = 1 << (OPENING_BITS - WORD_BITS);
const bitOf = (hash: number): number => Math.imul(hash, HASH_PAIR) >>> (32 - OPENING_BITS);

/** Where literals may begin in a line. */
export class RuleStarts {
  /**
   * Ids of the n-grams at whose ends a literal is noticed, ascending, each once: its first three units where all are word units, else its first
   * two. A literal with a character that needs no blank in its opening is noticed by its first two as well: the first stage looks up no trigram of a
   * line with such characters. Words of spaced scripts come to it with all of their n-grams, and pairs of theirs would be noticed in every other word.
   */
  readonly ngrams: Uint32Array;
  /** A bit for each opening: the first `OPENING` units of a literal, or all of a shorter one. */
  readonly openings: Uint16Array;

  constructor(ngrams: Uint32Array, openings: Uint16Array) {
    this.ngrams = ngrams;
    this.openings = openings;
  }

  /** Those of a trie's literals. One pass over the states: a parent comes before its children. */
  static of({ states, parents, units, depths, ends }: Trie): RuleStarts {
    const ngrams = new Set<number>();
    const openings = new Uint16Array(OPENING_WORDS);
    const hashes = new Int32Array(states);
    const pairs = new Int32Array(states);
    const unspaced = new Uint8Array(states);
    for (let state = 1; state < states; state++) {
      const depth = depths[state];
      if (depth > OPENING) continue;
      const parent = parents[state];
      const unit = units[state];
      const isWhole = ends[state] >= 0;
      hashes[state] = depth === 1 ? unit : extend(hashes[parent], unit);
      pairs[state] = depth === 2 ? pairId(units[parent], unit) : pairs[parent];
      unspaced[state] = unspaced[parent] | (unitClass[unit] === UNIT_UNSPACED ? 1 : 0);
      if (depth === 2 && isWhole) ngrams.add(pairs[state]);
      if (depth === 3) ngrams.add(tripleId(units[parents[parent]], units[parent], unit) ?? pairs[state]);
      if (depth < OPENING && !isWhole) continue;
      const bit = bitOf(hashes[state]);
      openings[bit >>> WORD_BITS] |= 1 << (bit & 15);
      if (unspaced[state] === 1) ngrams.add(pairs[state]);
    }
    return new RuleStarts(ascending(ngrams), openings);
  }

  /** Those of several, of one at least. */
  static joined(parts: readonly RuleStarts[]): RuleStarts {
    if (parts.length === 1) return parts[0];
    const openings = new Uint16Array(OPENING_WORDS);
    for (const part of parts) for (let word = 0; word < OPENING_WORDS; word++) openings[word] |= part.openings[word];
    return new RuleStarts(ascending(new Set(parts.flatMap(({ ngrams }) => [...ngrams]))), openings);
  }

  /** Whether a literal may begin at `units[start]` by as many units as tell most of them apart. */
  mayStand(units: Uint16Array, start: number, length: number): boolean {
    if (start < 0 || start + 1 >= length) return false;
    let hash = extend(units[start], units[start + 1]);
    for (let k = start + 2; !this.#opens(hash); k++) {
      if (k >= length || k >= start + OPENING) return false;
      hash = extend(hash, units[k]);
    }
    return true;
  }

  #opens(hash: number): boolean {
    const bit = bitOf(hash);
    return ((this.openings[bit >>> WORD_BITS] >>> (bit & 15)) & 1) !== 0;
  }
}

const ascending = (ids: ReadonlySet<number>): Uint32Array => Uint32Array.from(ids).sort();

const isMark = (unit: number): boolean => unitClass[unit] === UNIT_OTHER;
const boundaryOr = (unit: number): number => (isMark(unit) ? BOUNDARY : unit);

function pairId(first: number, second: number): number {
  return bigramId(extend(boundaryOr(first), boundaryOr(second)));
}

/** `null` where one of them is a mark or blank. */
function tripleId(first: number, second: number, third: number): number | null {
  return isMark(first) || isMark(second) || isMark(third) ? null : trigramId(extend(extend(first, second), third));
}
