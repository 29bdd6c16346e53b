import { bigramId, BOUNDARY, extend, HASH_PAIR, trigramId } from '../bayes/features.ts';
import type { CompiledRules } from '../rules/compile.ts';
import type { Trie } from '../rules/trie.ts';
import { unitClass, UNIT_OTHER, UNIT_UNSPACED } from '../text/unit.ts';

/**
 * Units of an opening: of places in English where a rule may begin by its first two units, 46 % are left by three, 18 % by four, and the fifth
 * costs as little.
 */
const OPENING = 5;
/** 2^17 bits are 16 kB: looked up at every start, they stay in the first-level cache, and one in sixty is set. */
const OPENING_BITS = 17;
const bitOf = (hash: number): number => Math.imul(hash, HASH_PAIR) >>> (32 - OPENING_BITS);

/** Where literals of a rule set may begin in a line. */
export class RuleStarts {
  /**
   * Ids of the n-grams at whose ends a literal is noticed: its first three units where all are word units, else its first two. A literal with a
   * character that needs no blank in its opening is noticed by its first two as well: the first stage looks up no trigram of a line with such
   * characters. Words of spaced scripts come to it with all of their n-grams, and pairs of theirs would be noticed in every other word.
   */
  readonly ngrams: readonly number[];
  /** A bit for each opening: the first `OPENING` units of a literal, or all of a shorter one. */
  readonly #openings = new Int32Array(1 << (OPENING_BITS - 5));

  constructor({ layers }: CompiledRules) {
    const ngrams: number[] = [];
    for (const { automaton } of layers) this.#read(automaton.trie, ngrams);
    this.ngrams = ngrams;
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
    return ((this.#openings[bit >>> 5] >>> (bit & 31)) & 1) !== 0;
  }

  /** One pass over the states: a parent comes before its children. */
  #read({ states, parents, units, depths, ends }: Trie, ngrams: number[]): void {
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
      if (depth === 2 && isWhole) ngrams.push(pairs[state]);
      if (depth === 3) ngrams.push(tripleId(units[parents[parent]], units[parent], unit) ?? pairs[state]);
      if (depth < OPENING && !isWhole) continue;
      const bit = bitOf(hashes[state]);
      this.#openings[bit >>> 5] |= 1 << (bit & 31);
      if (unspaced[state] === 1) ngrams.push(pairs[state]);
    }
  }
}

const isMark = (unit: number): boolean => unitClass[unit] === UNIT_OTHER;
const boundaryOr = (unit: number): number => (isMark(unit) ? BOUNDARY : unit);

function pairId(first: number, second: number): number {
  return bigramId(extend(boundaryOr(first), boundaryOr(second)));
}

/** `null` where one of them is a mark or blank. */
function tripleId(first: number, second: number, third: number): number | null {
  return isMark(first) || isMark(second) || isMark(third) ? null : trigramId(extend(extend(first, second), third));
}

const known = new WeakMap<CompiledRules, RuleStarts>();

/** The starts of compiled rules, gathered once: a label makes a new sieve of the same rules. */
export function ruleStarts(rules: CompiledRules): RuleStarts {
  let starts = known.get(rules);
  if (starts === undefined) known.set(rules, (starts = new RuleStarts(rules)));
  return starts;
}
