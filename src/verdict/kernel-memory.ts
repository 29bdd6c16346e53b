import { BUCKETS } from '../bayes/features.ts';
import { MEMO_BYTES } from './word-memo.ts';

/** Longest line that a kernel reads, in units: windows are no longer. */
export const LONGEST = 65536;

/** Addresses in the memory of an instance. What `layOut` reads lies where lines are read to later. */
export const LAYOUT = {
  RAW: 0,
  UNITS: 2 * LONGEST,
  TABLE: 4 * LONGEST,
  STARTS: 8 * LONGEST,
  MEMO: 12 * LONGEST,
  RESULT: 12 * LONGEST + MEMO_BYTES,
  NGRAMS: 13 * LONGEST + MEMO_BYTES,
  CLASSES: 0,
  DRIFTS: LONGEST,
  FOLDED: 2 * LONGEST,
  JOINTS: 8 * LONGEST,
  CARES: 10 * LONGEST,
  SIDES: 11 * LONGEST,
};
const PAGE = 65536;
/** Pages of memory: it never grows, so that views stay what they are. */
export const PAGES = Math.ceil((LAYOUT.NGRAMS + BUCKETS) / PAGE);

/** What an instance asks back of the one that it reads for. */
export interface KernelCalls {
  literalsOf(begin: number, end: number, noticed: number): number;
  isSpread(length: number, mark: number): boolean;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  words(length: number): number;
  mixed(length: number): number;
  /** Fills the table as `rawUnitTable` does, from `NGRAMS` and what was put at the addresses that are named behind it in `LAYOUT`. */
  layOut(): void;
}

/** An instance of the kernel with its memory, 3.7 MB, and the one that it reads for. */
export class KernelMemory {
  readonly raw: Uint16Array<ArrayBuffer>;
  readonly units: Uint16Array<ArrayBuffer>;
  readonly table: Int32Array<ArrayBuffer>;
  readonly starts: Int32Array<ArrayBuffer>;
  readonly #memo: Int32Array<ArrayBuffer>;
  #isFresh = true;
  readonly result: Int32Array<ArrayBuffer>;
  readonly ngrams: Int8Array<ArrayBuffer>;
  readonly exports: Exports;
  owner: KernelCalls | null = null;
  usedAt = 0;

  constructor(module: WebAssembly.Module) {
    const calls: KernelCalls = {
      literalsOf: (begin, end, noticed) => this.owner?.literalsOf(begin, end, noticed) ?? 0,
      isSpread: (length, mark) => this.owner?.isSpread(length, mark) ?? false,
    };
    this.exports = new WebAssembly.Instance(module, { 'first-stage': { ...calls } }).exports as unknown as Exports;
    const { buffer } = this.exports.memory;
    this.raw = new Uint16Array(buffer, LAYOUT.RAW, LONGEST);
    this.units = new Uint16Array(buffer, LAYOUT.UNITS, LONGEST);
    this.table = new Int32Array(buffer, LAYOUT.TABLE, LONGEST);
    this.starts = new Int32Array(buffer, LAYOUT.STARTS, LONGEST);
    this.#memo = new Int32Array(buffer, LAYOUT.MEMO, MEMO_BYTES / 4);
    this.result = new Int32Array(buffer, LAYOUT.RESULT, 3);
    this.ngrams = new Int8Array(buffer, LAYOUT.NGRAMS, BUCKETS);
  }

  /** The memory for words, all zero. Pages that nobody wrote to are not touched: the system would have to give them. */
  emptyMemo(): Int32Array<ArrayBuffer> {
    if (!this.#isFresh) this.#memo.fill(0);
    this.#isFresh = false;
    return this.#memo;
  }
}

/**
 * Memories of a module at the most. Fresh ones cost: the pages that a new sieve writes at once take 4 ms from the system, as much as all else of
 * learning a label; written anew they take .3 ms. As many tenants with models of their own are judged by turns without that.
 */
const MOST = 8;
const memories = new WeakMap<WebAssembly.Module, KernelMemory[]>();
let clock = 0;

/** Notes that a memory is in use. */
export function use(memory: KernelMemory): void {
  memory.usedAt = ++clock;
}

/** A memory for a new owner, who writes his tables into it: a fresh one, or the one that was used longest ago, which is then no longer its owner's. */
export function takeMemory(module: WebAssembly.Module, owner: KernelCalls): KernelMemory {
  let known = memories.get(module);
  if (known === undefined) memories.set(module, (known = []));
  if (known.length < MOST) known.push(new KernelMemory(module));
  const memory = known.reduce((oldest, one) => (one.usedAt < oldest.usedAt ? one : oldest));
  memory.owner = owner;
  use(memory);
  return memory;
}
