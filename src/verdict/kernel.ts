import type { CompiledRules } from '../rules/compile.ts';
import type { EvidenceTable } from './evidence.ts';
import { careOf, foldTable, jointTable } from '../text/fold-table.ts';
import { unitClass } from '../text/unit.ts';
import { sideOf } from './boundary.ts';
import { DRIFT_STEPS } from './drift.ts';
import { LAYOUT, LONGEST, takeMemory, use, type KernelCalls, type KernelMemory } from './kernel-memory.ts';
import { KERNEL } from './kernel.generated.ts';
import type { LineReader, ReadLine } from './line-reader.ts';
import { maySpread, SHORTEST_MIXED } from './mixed-line.ts';
import { CARE_KIND, isAllPlain } from './raw-units.ts';
import { WordMemo } from './word-memo.ts';

/** Bits of what the kernel returns, beside `CARE_KIND`. */
export const PASSES = 1;
export const MIXED = 2;

/** The same as `ScriptReader`, line for line, in WebAssembly: half the time. Its memory may be taken between two lines, and is then taken back. */
export class KernelReader implements LineReader, KernelCalls {
  readonly #module: WebAssembly.Module;
  readonly #table: EvidenceTable;
  readonly #rules: CompiledRules;
  #lent: Lent | null = null;

  constructor(module: WebAssembly.Module, table: EvidenceTable, rules: CompiledRules) {
    this.#module = module;
    this.#table = table;
    this.#rules = rules;
  }

  read(text: string, start: number, end: number): ReadLine | null {
    const length = end - start;
    if (length > LONGEST) return null;
    const { memory, line } = this.#lent?.memory.owner === this ? this.#lent : this.#takeMemory();
    use(memory);
    const { raw, exports } = memory;
    for (let i = 0; i < length; i++) raw[i] = text.charCodeAt(start + i);
    let outcome = exports.words(length);
    if ((outcome & MIXED) !== 0) outcome = length < SHORTEST_MIXED ? PASSES : exports.mixed(length);
    if ((outcome & PASSES) !== 0) return null;
    if ((outcome & CARE_KIND) !== 0 && !isAllPlain(memory.table, text, start, end)) return null;
    [line.total, line.length, line.startCount] = memory.result;
    return line;
  }

  literalsOf(begin: number, end: number, noticed: number): number {
    return this.#lent?.memo.literalsOf(this.#lent.memory.units, begin, end, noticed) ?? 0;
  }

  isSpread(length: number, mark: number): boolean {
    return this.#lent !== null && maySpread(this.#lent.memory.units, length, mark);
  }

  /** Writes the tables of this sieve into a memory. What words weighed for another one is forgotten. */
  #takeMemory(): Lent {
    const memory = takeMemory(this.#module, this);
    layOut(memory, this.#table);
    const memo = new WordMemo(this.#table, this.#rules, memory.emptyMemo());
    const { units, starts } = memory;
    return (this.#lent = { memory, memo, line: { total: 0, length: 0, startCount: 0, units, starts } });
  }
}

/** Writes the weights, and as `rawUnitTable` what the first stage needs of a unit, in a tenth of the time where code is cold. */
export function layOut({ ngrams, table, exports }: KernelMemory, evidence: EvidenceTable): void {
  ngrams.set(evidence.ngrams);
  const { buffer } = table;
  new Uint8Array(buffer, LAYOUT.CLASSES).set(unitClass);
  new Uint8Array(buffer, LAYOUT.DRIFTS).set(DRIFT_STEPS);
  new Uint16Array(buffer, LAYOUT.FOLDED).set(foldTable);
  new Uint16Array(buffer, LAYOUT.JOINTS).set(jointTable);
  new Uint8Array(buffer, LAYOUT.CARES).set(careOf);
  new Uint8Array(buffer, LAYOUT.SIDES).set(sideOf);
  exports.layOut();
}

interface Lent {
  readonly memory: KernelMemory;
  readonly memo: WordMemo;
  /** The last line that was stopped. */
  readonly line: { -readonly [K in keyof ReadLine]: ReadLine[K] };
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
