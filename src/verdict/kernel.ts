import { BUCKETS } from '../bayes/features.ts';
import type { CompiledRules } from '../rules/compile.ts';
import type { EvidenceTable } from './evidence.ts';
import { KERNEL } from './kernel.generated.ts';
import type { LineReader, ReadLine } from './line-reader.ts';
import { maySpread, SHORTEST_MIXED } from './mixed-line.ts';
import { CARE_KIND, isAllPlain, rawUnitTable } from './raw-units.ts';
import { MEMO_BYTES, WordMemo } from './word-memo.ts';

/** Longest line that a kernel reads, in units: windows are no longer. */
const LONGEST = 65536;

/** Addresses in the memory of an instance. */
export const LAYOUT = {
  RAW: 0,
  UNITS: 2 * LONGEST,
  TABLE: 4 * LONGEST,
  STARTS: 8 * LONGEST,
  MEMO: 12 * LONGEST,
  RESULT: 12 * LONGEST + MEMO_BYTES,
  NGRAMS: 13 * LONGEST + MEMO_BYTES,
};
const PAGE = 65536;
/** Pages of memory: it never grows, so that views stay what they are. */
export const PAGES = Math.ceil((LAYOUT.NGRAMS + BUCKETS) / PAGE);
/** Bits of what the kernel returns, beside `CARE_KIND`. */
export const PASSES = 1;
export const MIXED = 2;

interface Exports {
  readonly memory: WebAssembly.Memory;
  words(length: number): number;
  mixed(length: number): number;
}

/** The same as `ScriptReader`, line for line, in WebAssembly: half the time. 3.7 MB. */
export class KernelReader implements LineReader, ReadLine {
  total = 0;
  length = 0;
  startCount = 0;
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly #raw: Uint16Array;
  readonly #result: Int32Array;
  readonly #table: Int32Array;
  readonly #exports: Exports;

  constructor(module: WebAssembly.Module, table: EvidenceTable, rules: CompiledRules) {
    const literalsOf = (begin: number, end: number, noticed: number): number =>
      memo.literalsOf(this.units, begin, end, noticed);
    const isSpread = (length: number, mark: number): boolean => maySpread(this.units, length, mark);
    this.#exports = new WebAssembly.Instance(module, { 'first-stage': { literalsOf, isSpread } })
      .exports as unknown as Exports;
    const { buffer } = this.#exports.memory;
    this.#raw = new Uint16Array(buffer, LAYOUT.RAW, LONGEST);
    this.units = new Uint16Array(buffer, LAYOUT.UNITS, LONGEST);
    this.starts = new Int32Array(buffer, LAYOUT.STARTS, LONGEST);
    this.#result = new Int32Array(buffer, LAYOUT.RESULT, 3);
    this.#table = rawUnitTable(table.singles, new Int32Array(buffer, LAYOUT.TABLE, LONGEST));
    new Int8Array(buffer, LAYOUT.NGRAMS, table.ngrams.length).set(table.ngrams);
    const memo = new WordMemo(table, rules, new Int32Array(buffer, LAYOUT.MEMO, MEMO_BYTES / 4));
  }

  read(text: string, start: number, end: number): ReadLine | null {
    const length = end - start;
    if (length > LONGEST) return null;
    const raw = this.#raw;
    for (let i = 0; i < length; i++) raw[i] = text.charCodeAt(start + i);
    let outcome = this.#exports.words(length);
    if ((outcome & MIXED) !== 0) outcome = length < SHORTEST_MIXED ? PASSES : this.#exports.mixed(length);
    if ((outcome & PASSES) !== 0) return null;
    if ((outcome & CARE_KIND) !== 0 && !isAllPlain(this.#table, text, start, end)) return null;
    [this.total, this.length, this.startCount] = this.#result;
    return this;
  }
}

/** The types of Workers know no compiler: there, only what is bundled is compiled. */
const { Module: Compiler } = WebAssembly as unknown as { Module: new (bytes: Uint8Array) => WebAssembly.Module };

let compiled: WebAssembly.Module | null | undefined;

/**
 * Has the given module used for sieves that are made from then on, `null` none: where WebAssembly may not be compiled, it comes with the
 * bundle.
 */
export function provideKernel(module: WebAssembly.Module | null): void {
  compiled = module;
}

/** The compiled kernel, `null` where there is no WebAssembly or it may not be compiled. */
export function kernelModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = new Compiler(Uint8Array.from(atob(KERNEL), (byte) => byte.charCodeAt(0)));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}
