/**
 * Features of a folded line: the n-grams of one to three units; in scripts that write blanks also those of four, words, and pairs of words.
 * An n-gram never crosses a mark or a blank; one boundary symbol stands for any run of them, so that a list weighs the same whatever it was
 * joined with. Only a pair of words holds a blank.
 */

/** Raised whenever the same line would give other ids; a model of another version is refused. */
export const FEATURE_VERSION = 2;
/**
 * Single units and pairs have a quarter of a megabyte to themselves: they are looked up for every line and stay in the second-level cache. All
 * other features are looked up for few lines, and share the rest (DESIGN.md, "Naive Bayes").
 */
export const SHORT_BITS = 18;
export const LONG_BITS = 19;
/** Feature ids from here on are those of three units and more. */
export const LONG_FIRST = 1 << SHORT_BITS;
export const BUCKETS = LONG_FIRST + (1 << LONG_BITS);

/** Stands for every blank, mark and line end; folding never yields this unit. */
export const BOUNDARY = 1;
/** Shorter words are n-grams already. */
export const SHORTEST_WORD = 4;
const BLANK = 0x20;
/** Before every line. */
const NOWHERE = -2;

/** Classes of units as `text/unit.ts` numbers them: 0 is a boundary, 1 and 3 are parts of spaced words. */
export type UnitClasses = Uint8Array;

/** That of MurmurHash2. */
export const UNIT_SALT = 0x5bd1e995;
/** Odd multipliers: 2^32 / golden ratio, the two of MurmurHash3's finaliser, and two primes of xxHash32. */
export const HASH_STEP = 0x9e3779b1 | 0;
export const HASH_PAIR = 0x85ebca6b | 0;
export const HASH_TRIPLE = 0xc2b2ae35 | 0;
export const HASH_QUADRUPLE = 0x27d4eb2f | 0;
export const HASH_WORDS = 0x165667b1 | 0;
export const SHORT_SHIFT = 32 - SHORT_BITS;
export const LONG_SHIFT = 32 - LONG_BITS;

/** Running hash of an n-gram: extends `hash` by one unit. */
export const extend = (hash: number, unit: number): number => (Math.imul(hash, HASH_STEP) + unit) | 0;
export const unigramId = (unit: number): number => Math.imul(unit ^ UNIT_SALT, HASH_PAIR) >>> SHORT_SHIFT;
export const bigramId = (hash: number): number => Math.imul(hash ^ (hash >>> 15), HASH_PAIR) >>> SHORT_SHIFT;
export const trigramId = (hash: number): number => longId(Math.imul(hash ^ (hash >>> 15), HASH_TRIPLE));
export const fourgramId = (hash: number): number => longId(Math.imul(hash ^ (hash >>> 14), HASH_QUADRUPLE));
export const wordId = (hash: number): number => longId(Math.imul(hash ^ (hash >>> 13), HASH_STEP));
/** Of two words with one blank between them, by the running hashes of both. */
export const wordPairId = (before: number, word: number): number => {
  const hash = (Math.imul(before, HASH_QUADRUPLE) + word) | 0;
  return longId(Math.imul(hash ^ (hash >>> 15), HASH_WORDS));
};

function longId(hash: number): number {
  return LONG_FIRST + (hash >>> LONG_SHIFT);
}

/** The bucket of a feature in a table of `1 << bits`, which is smaller than the model's. */
export const coarseId = (id: number, bits: number): number =>
  id < LONG_FIRST ? id >>> (SHORT_BITS - bits) : (id - LONG_FIRST) >>> (LONG_BITS - bits);

/** Feature occurrences of a line; reusable, grows as needed. */
export class FeatureList {
  ids = new Uint32Array(8192);
  /** The unit that a feature's evidence is put on: its last one that is no boundary. */
  positions = new Uint32Array(8192);
  /** First unit, -1 for the boundary before the line, and number of units, boundaries included. */
  firsts = new Int32Array(8192);
  sizes = new Uint32Array(8192);
  length = 0;
  /** Words and their pairs are listed from here on. */
  words = 0;

  /** Adds a feature of `size` units that ends at `last`. */
  add(id: number, position: number, last: number, size: number): void {
    const at = this.length;
    if (at === this.ids.length) this.#grow();
    this.ids[at] = id;
    this.positions[at] = position;
    this.firsts[at] = last - size + 1;
    this.sizes[at] = size;
    this.length = at + 1;
  }

  #grow(): void {
    const size = 2 * this.length;
    this.ids = extended(this.ids, new Uint32Array(size));
    this.positions = extended(this.positions, new Uint32Array(size));
    this.firsts = extended(this.firsts, new Int32Array(size));
    this.sizes = extended(this.sizes, new Uint32Array(size));
  }
}

function extended<T extends Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Lists every feature occurrence of `units[0..length)`, n-grams first, each kind in the order of positions: three to four a unit. */
export function listFeatures(units: Uint16Array, length: number, classes: UnitClasses, list: FeatureList): void {
  list.length = 0;
  listNgrams(units, length, classes, list);
  list.words = list.length;
  listWords(units, length, classes, list);
}

function listNgrams(units: Uint16Array, length: number, classes: UnitClasses, list: FeatureList): void {
  let third = BOUNDARY;
  let second = BOUNDARY;
  let first = BOUNDARY;
  for (let k = 0; k <= length; k++) {
    const unit = k === length || classes[units[k]] === 0 ? BOUNDARY : units[k];
    if (unit === BOUNDARY && first === BOUNDARY) continue;
    const position = unit === BOUNDARY ? k - 1 : k;
    const pair = extend(first, unit);
    if (unit !== BOUNDARY) list.add(unigramId(unit), position, k, 1);
    list.add(bigramId(pair), position, k, 2);
    if (first !== BOUNDARY) list.add(trigramId(extend(extend(second, first), unit)), position, k, 3);
    if (second !== BOUNDARY && (classes[first] & 1) === 1)
      list.add(fourgramId(extend(extend(extend(third, second), first), unit)), position, k, 4);
    third = unit === BOUNDARY ? BOUNDARY : second;
    second = unit === BOUNDARY ? BOUNDARY : first;
    first = unit;
  }
}

function listWords(units: Uint16Array, length: number, classes: UnitClasses, list: FeatureList): void {
  let before = 0;
  let [beforeFrom, beforeTo] = [NOWHERE, NOWHERE];
  for (let k = 0; k < length; k++) {
    if ((classes[units[k]] & 1) === 0) continue;
    const from = k;
    let word = 0;
    for (; k < length && (classes[units[k]] & 1) === 1; k++) word = extend(word, units[k]);
    if (k - from >= SHORTEST_WORD) list.add(wordId(word), k - 1, k - 1, k - from);
    if (beforeTo === from - 1 && units[beforeTo] === BLANK)
      list.add(wordPairId(before, word), k - 1, k - 1, k - beforeFrom);
    [before, beforeFrom, beforeTo] = [word, from, k];
  }
}
