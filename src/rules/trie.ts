/** A trie laid out in arrays, so that it can be kept as bytes. */
export interface TrieArrays {
  /** By state: its parent, the unit that leads to it from there, its depth, and the literal that ends in it or -1. */
  readonly parents: Uint32Array;
  readonly units: Uint16Array;
  readonly depths: Uint16Array;
  readonly ends: Int32Array;
  /** The edges, a hash table: a slot holds a child, 0 where it is free. Its length is a power of 2. */
  readonly slots: Uint32Array;
}

/**
 * A trie over folded UTF-16 units, as state numbers: 0 is the root, and a child has a higher number than its parent. The
 * alphabet is all of Unicode and the trie is narrow, so edges live in one hash table with open addressing: a slot holds a
 * child, which knows the parent and the unit that lead to it. The built-in rules (2,700 literals, 11,000 states, 990 units
 * in use) take .4 MB, where a dense table of states × units in use would take 22 MB.
 */
export class Trie implements TrieArrays {
  states = 1;
  literals = 0;
  readonly parents: Uint32Array;
  readonly units: Uint16Array;
  readonly depths: Uint16Array;
  readonly ends: Int32Array;
  readonly slots: Uint32Array;
  readonly #mask: number;

  /** Without any literal. */
  constructor(arrays: TrieArrays) {
    this.parents = arrays.parents;
    this.units = arrays.units;
    this.depths = arrays.depths;
    this.ends = arrays.ends;
    this.slots = arrays.slots;
    this.#mask = arrays.slots.length - 1;
  }

  /** An empty one for literals with at most `size` units together. */
  static ofSize(size: number): Trie {
    let capacity = 1024;
    while (capacity < 2 * size) capacity *= 2;
    return new Trie({
      parents: new Uint32Array(size + 1),
      units: new Uint16Array(size + 1),
      depths: new Uint16Array(size + 1),
      ends: new Int32Array(size + 1).fill(-1),
      slots: new Uint32Array(capacity),
    });
  }

  /** One with all of its literals; nothing is added to it. */
  static whole(arrays: TrieArrays, literals: number): Trie {
    const trie = new Trie(arrays);
    trie.states = arrays.parents.length;
    trie.literals = literals;
    return trie;
  }

  /** The same in as little room as it needs. */
  compact(): Trie {
    const { states, parents, units, ends } = this;
    const small = Trie.ofSize(states - 1);
    for (let state = 1; state < states; state++) {
      const slot = small.#slot(parents[state], units[state]);
      small.slots[slot] = small.#grow(parents[state], units[state]);
    }
    small.ends.set(ends.subarray(0, states));
    small.literals = this.literals;
    return small;
  }

  /** Adds a literal of one unit at least; returns its number, which is a new one where it was not there yet. */
  add(literal: string): number {
    let state = 0;
    for (let k = 0; k < literal.length; k++) {
      const unit = literal.charCodeAt(k);
      const slot = this.#slot(state, unit);
      if (this.slots[slot] === 0) this.slots[slot] = this.#grow(state, unit);
      state = this.slots[slot];
    }
    if (this.ends[state] < 0) this.ends[state] = this.literals++;
    return this.ends[state];
  }

  /** The state that `unit` leads to, 0 where there is none. */
  child(state: number, unit: number): number {
    return this.slots[this.#slot(state, unit)];
  }

  /** The slot of an edge, or the free one where it would stand. */
  #slot(state: number, unit: number): number {
    const { parents, units, slots } = this;
    let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7;
    for (slot &= this.#mask; ; slot = (slot + 1) & this.#mask) {
      const child = slots[slot];
      if (child === 0 || (units[child] === unit && parents[child] === state)) return slot;
    }
  }

  #grow(parent: number, unit: number): number {
    const state = this.states++;
    this.parents[state] = parent;
    this.units[state] = unit;
    this.depths[state] = this.depths[parent] + 1;
    return state;
  }
}
