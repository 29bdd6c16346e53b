/**
 * Features of a folded line: the n-grams of one to three units, and in scripts that write blanks the word. An n-gram never crosses a mark or a blank; one boundary symbol stands for any run of them, so that a list
 * weighs the same whatever it was joined with.
 */

/** Raised whenever the same line would give other ids; a model of another version is refused. */
export const FEATURE_VERSION = 1;
export const BUCKET_BITS = 18;
export const BUCKETS = 1 << BUCKET_BITS;

/** Stands for every blank, mark and line end; folding never yields this unit. */
export const BOUNDARY = 1;
/** Shorter words are n-grams already. */
export const SHORTEST_WORD = 4;

/** Classes of units as `text/unit.ts` numbers them: 0 is a boundary, 1 and 3 are parts of spaced words. */
export type UnitClasses = Uint8Array;

/** Odd multipliers: 2^32 / golden ratio, and the two of MurmurHash3's finaliser. */
export const HASH_STEP = 0x9e3779b1 | 0;
export const HASH_PAIR = 0x85ebca6b | 0;
export const HASH_TRIPLE = 0xc2b2ae35 | 0;
export const HASH_SHIFT = 32 - BUCKET_BITS;

/** Running hash of an n-gram: extends `hash` by one unit. */
export const extend = (hash: number, unit: number): number => (Math.imul(hash, HASH_STEP) + unit) | 0;
export const unigramId = (unit: number): number => Math.imul(unit ^ 0x5bd1e995, HASH_PAIR) >>> HASH_SHIFT;
export const bigramId = (hash: number): number => Math.imul(hash ^ (hash >>> 15), HASH_PAIR) >>> HASH_SHIFT;
export const trigramId = (hash: number): number => Math.imul(hash ^ (hash >>> 15), HASH_TRIPLE) >>> HASH_SHIFT;
export const wordId = (hash: number): number => Math.imul(hash ^ (hash >>> 13), HASH_STEP) >>> HASH_SHIFT;

/** Feature occurrences of a line; reusable, grows as needed. */
export class FeatureList {
  ids = new Uint32Array(8192);
  /** The unit that a feature's evidence is put on: its last one that is no boundary. */
  positions = new Uint32Array(8192);
  /** First unit, -1 for the boundary before the line, and number of units, boundaries included. */
  firsts = new Int32Array(8192);
  sizes = new Uint32Array(8192);
  length = 0;

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

/** Lists every feature occurrence of `units[0..length)` in the order of positions: about three a unit. */
export function listFeatures(units: Uint16Array, length: number, classes: UnitClasses, list: FeatureList): void {
  list.length = 0;
  let [second, first] = [BOUNDARY, BOUNDARY];
  let [word, wordLength] = [0, 0];
  for (let k = 0; k <= length; k++) {
    const kind = k < length ? classes[units[k]] : 0;
    const unit = kind === 0 ? BOUNDARY : units[k];
    if ((kind & 1) === 0 && wordLength > 0) {
      if (wordLength >= SHORTEST_WORD) list.add(wordId(word), k - 1, k - 1, wordLength);
      [word, wordLength] = [0, 0];
    }
    if ((kind & 1) === 1) {
      word = extend(word, unit);
      wordLength++;
    }
    if (unit === BOUNDARY && first === BOUNDARY) continue;
    listNgrams(second, first, unit, k, list);
    second = first;
    first = unit;
  }
}

function listNgrams(second: number, first: number, unit: number, k: number, list: FeatureList): void {
  const position = unit === BOUNDARY ? k - 1 : k;
  if (unit !== BOUNDARY) list.add(unigramId(unit), position, k, 1);
  list.add(bigramId(extend(first, unit)), position, k, 2);
  if (first !== BOUNDARY) list.add(trigramId(extend(extend(second, first), unit)), position, k, 3);
}
