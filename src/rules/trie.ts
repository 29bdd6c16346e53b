/**
 * A trie over folded UTF-16 units, as state numbers: 0 is the root, and a child has a higher number than its parent. The
 * alphabet is all of Unicode and the trie is narrow, so edges live in one hash table with open addressing: a slot holds a
 * child, which knows the parent and the unit that lead to it. The built-in rules (2,700 literals, 11,000 states, 990 units
 * in use) take .4 MB, where a dense table of states × units in use would take 22 MB.
 */
export class Trie {
  states = 1;
  literals = 0;
  deepest = 0;
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
    if (literal.length > this.deepest) this.deepest = literal.length;
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
