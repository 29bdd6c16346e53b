import { Trie } from './trie.ts';

/** What `literalAt` returns where no literal stands, and where the text ends before that is known. */
export const NO_LITERAL = -1;
export const OPEN = -2;

/**
 * Aho–Corasick over folded UTF-16 units: a trie with failure links. Links are followed, not multiplied out, which keeps a
 * scan linear: a link is shorter than the state it leaves.
 */
export class Automaton {
  /** Length of each literal. */
  readonly lengths: Uint16Array;
  readonly trie: Trie;
  readonly #fail: Uint32Array;
  /** The next state of the failure chain in which a literal ends. */
  readonly #shorter: Uint32Array;

  /** Takes a trie over, or builds one: throws a RangeError for an empty literal or a literal given twice. */
  constructor(literals: Trie | readonly Uint16Array[]) {
    const trie = literals instanceof Trie ? literals : trieOf(literals);
    this.trie = trie;
    this.lengths = new Uint16Array(trie.literals);
    this.#fail = new Uint32Array(trie.states);
    this.#shorter = new Uint32Array(trie.states);
    this.#link();
  }

  /**
   * Reads `units` from `from` on, starting in the root, until `length` or until, after at least two units, no literal is
   * under way with two units or more; reports each literal that ends there and returns the position reached. A caller
   * that enters wherever the first two units of a literal stand misses nothing: what is not under way has not begun.
   */
  scan(units: Uint16Array, from: number, length: number, report: (literal: number, end: number) => void): number {
    const { ends, depths } = this.trie;
    let state = 0;
    for (let k = from; k < length; k++) {
      state = this.#step(state, units[k]);
      for (let at = ends[state] >= 0 ? state : this.#shorter[state]; at !== 0; at = this.#shorter[at]) {
        report(ends[at], k + 1);
      }
      if (depths[state] < 2 && k - from >= 1) return k + 1;
    }
    return length;
  }

  /**
   * The shortest literal that begins at `units[from]` and ends behind `after`; `NO_LITERAL` or `OPEN` where there is none
   * before `length`. One walk down the trie.
   */
  literalAt(units: Uint16Array, from: number, after: number, length: number): number {
    const trie = this.trie;
    let state = 0;
    for (let k = from; k < length; k++) {
      state = trie.child(state, units[k]);
      if (state === 0) return NO_LITERAL;
      if (k >= after && trie.ends[state] >= 0) return trie.ends[state];
    }
    return OPEN;
  }

  #step(from: number, unit: number): number {
    const trie = this.trie;
    let state = from;
    for (;;) {
      const child = trie.child(state, unit);
      if (child !== 0 || state === 0) return child;
      state = this.#fail[state];
    }
  }

  /** Failure links in order of depth: a state's link is shorter than the state. */
  #link(): void {
    const { parents, units, depths, ends } = this.trie;
    const order = byDepth(this.trie);
    for (let i = 0; i < order.length; i++) {
      const state = order[i];
      const parent = parents[state];
      const fail = parent === 0 ? 0 : this.#step(this.#fail[parent], units[state]);
      this.#fail[state] = fail;
      this.#shorter[state] = ends[fail] >= 0 ? fail : this.#shorter[fail];
      if (ends[state] >= 0) this.lengths[ends[state]] = depths[state];
    }
  }
}

function trieOf(literals: readonly Uint16Array[]): Trie {
  const trie = new Trie(literals.reduce((sum, { length }) => sum + length, 0));
  for (const [index, literal] of literals.entries()) {
    if (literal.length === 0) throw new RangeError(`literal ${index} is empty`);
    const number = trie.add(String.fromCharCode(...literal));
    if (number < index) throw new RangeError(`literal ${index} is the same as literal ${number}`);
  }
  return trie;
}

/** Every state but the root, the shallow ones first: a counting sort. */
function byDepth({ states, depths, deepest }: Trie): Uint32Array {
  const order = new Uint32Array(states - 1);
  const next = new Uint32Array(deepest + 2);
  for (let state = 1; state < states; state++) next[depths[state] + 1]++;
  for (let depth = 1; depth <= deepest; depth++) next[depth + 1] += next[depth];
  for (let state = 1; state < states; state++) order[next[depths[state]]++] = state;
  return order;
}
