/**
 * A trie over folded UTF-16 units, as state numbers: 0 is the root, and a child has a higher number than its parent. The
 * alphabet is all of Unicode and the trie is narrow, so edges live in one hash table with open addressing: a slot holds a
 * child, which knows the parent and the unit that lead to it. The built-in rules (2,700 literals, 11,000 states, 990 units
 * in use) take .4 MB, where a dense table of states × units in use would take 22 MB.
 */
export class Trie {
  states = 1;
  literals = 0;
  /** By state: its parent, the unit that leads to it from there, its depth, and the literal that ends in it or -1. */
  readonly parents: Uint32Array;
  readonly units: Uint16Array;
  readonly depths: Uint16Array;
  readonly ends: Int32Array;
  readonly #slots: Uint32Array;
  readonly #mask: number;

  /** For literals with at most `size` units together. */
  constructor(size: number) {
    let capacity = 1024;
    while (capacity < 2 * size) capacity *= 2;
    this.parents = new Uint32Array(size + 1);
    this.units = new Uint16Array(size + 1);
    this.depths = new Uint16Array(size + 1);
    this.ends = new Int32Array(size + 1).fill(-1);
    this.#slots = new Uint32Array(capacity);
    this.#mask = capacity - 1;
  }

  /**
   * The trie whose states have these units and ends, as another one has them; `steps`: by how much the number of a state is above its parent's. One loop
   * without calls: an isolate runs it once, in cold code.
   */
  static of(steps: Uint16Array, units: Uint16Array, ends: Int16Array, literals: number): Trie {
    const trie = new Trie(units.length - 1);
    trie.states = units.length;
    trie.literals = literals;
    trie.units.set(units);
    trie.ends.set(ends);
    const { parents, depths } = trie;
    const slots = trie.#slots;
    const mask = trie.#mask;
    for (let state = 1; state < units.length; state++) {
      const parent = state - steps[state];
      parents[state] = parent;
      depths[state] = depths[parent] + 1;
      let slot = hashOf(parent, units[state]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = state;
    }
    return trie;
  }

  /** Adds a literal of one unit at least; returns its number, which is a new one where it was not there yet. */
  add(literal: string): number {
    let state = 0;
    for (let k = 0; k < literal.length; k++) {
      const unit = literal.charCodeAt(k);
      const slot = this.#slot(state, unit);
      if (this.#slots[slot] === 0) this.#slots[slot] = this.#grow(state, unit);
      state = this.#slots[slot];
    }
    if (this.ends[state] < 0) this.ends[state] = this.literals++;
    return this.ends[state];
  }

  /** The state that `unit` leads to, 0 where there is none. */
  child(state: number, unit: number): number {
    return this.#slots[this.#slot(state, unit)];
  }

  /** The slot of an edge, or the free one where it would stand. */
  #slot(state: number, unit: number): number {
    const { parents, units } = this;
    const slots = this.#slots;
    for (let slot = hashOf(state, unit) & this.#mask; ; slot = (slot + 1) & this.#mask) {
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

const hashOf = (state: number, unit: number): number =>
  (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7;
