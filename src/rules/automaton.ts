import { Trie } from './trie.ts';

/** What `literalAt` returns where no literal stands, and where the text ends before that is known. */
export const NO_LITERAL = -1;
export const OPEN = -2;

/** What a trie needs to be an automaton. */
export interface AutomatonLinks {
  /** By state: the longest shorter state that ends like it, and the next on that way in which a literal ends. */
  readonly fail: Uint32Array;
  readonly shorter: Uint32Array;
  /** Of each literal. */
  readonly lengths: Uint16Array;
}

/**
 * Aho–Corasick over folded UTF-16 units: a trie with failure links. Links are followed, not multiplied out, which keeps a
 * scan linear: a link is shorter than the state it leaves.
 */
export class Automaton {
  readonly trie: Trie;
  readonly links: AutomatonLinks;

  /**
   * Takes a trie over, or builds one: throws a RangeError for an empty literal or a literal given twice. `links`: those of another automaton with
   * the same trie; they are found where they are left out.
   */
  constructor(literals: Trie | readonly Uint16Array[], links: AutomatonLinks | null = null) {
    this.trie = literals instanceof Trie ? literals : trieOf(literals);
    this.links = links ?? linksOf(this.trie);
  }

  /** Length of each literal. */
  get lengths(): Uint16Array {
    return this.links.lengths;
  }

  /**
   * Reads `units` from `from` on, starting in the root, until `length` or until, after at least two units, no literal is
   * under way with two units or more; reports each literal that ends there and returns the position reached. A caller
   * that enters wherever the first two units of a literal stand misses nothing: what is not under way has not begun.
   */
  scan(units: Uint16Array, from: number, length: number, report: (literal: number, end: number) => void): number {
    const { ends, depths } = this.trie;
    const { shorter } = this.links;
    let state = 0;
    for (let k = from; k < length; k++) {
      state = next(this.trie, this.links.fail, state, units[k]);
      for (let at = ends[state] >= 0 ? state : shorter[state]; at !== 0; at = shorter[at]) {
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
}

/** Failure links in order of depth: a state's link is shorter than the state. */
function linksOf(trie: Trie): AutomatonLinks {
  const { states, parents, units, depths, ends } = trie;
  const links = {
    fail: new Uint32Array(states),
    shorter: new Uint32Array(states),
    lengths: new Uint16Array(trie.literals),
  };
  const { fail, shorter, lengths } = links;
  for (const state of byDepth(trie)) {
    const parent = parents[state];
    const link = parent === 0 ? 0 : next(trie, fail, fail[parent], units[state]);
    fail[state] = link;
    shorter[state] = ends[link] >= 0 ? link : shorter[link];
    if (ends[state] >= 0) lengths[ends[state]] = depths[state];
  }
  return links;
}

/** The state that `unit` leads to, along failure links. */
function next(trie: Trie, fail: Uint32Array, from: number, unit: number): number {
  for (let state = from; ; state = fail[state]) {
    const child = trie.child(state, unit);
    if (child !== 0 || state === 0) return child;
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
function byDepth({ states, depths }: Trie): Uint32Array {
  const order = new Uint32Array(states - 1);
  const deepest = depths.reduce((most, depth) => (depth > most ? depth : most));
  const next = new Uint32Array(deepest + 2);
  for (let state = 1; state < states; state++) next[depths[state] + 1]++;
  for (let depth = 1; depth <= deepest; depth++) next[depth + 1] += next[depth];
  for (let state = 1; state < states; state++) order[next[depths[state]]++] = state;
  return order;
}
