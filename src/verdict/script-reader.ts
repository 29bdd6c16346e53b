import type { CompiledRules } from '../rules/compile.ts';
import type { EvidenceTable } from './evidence.ts';
import type { LineReader, ReadLine } from './line-reader.ts';
import { MixedLine, SHORTEST_MIXED } from './mixed-line.ts';
import { rawUnitTable } from './raw-units.ts';
import { LINE_IS_MIXED, LINE_STOPS, WordLine } from './word-line.ts';
import { WordMemo } from './word-memo.ts';

/** The first stage where there is no WebAssembly, and what `KernelReader` is held against. */
export class ScriptReader implements LineReader {
  readonly #words: WordLine;
  readonly #mixed: MixedLine;

  constructor(table: EvidenceTable, rules: CompiledRules) {
    const units = rawUnitTable(table.singles);
    const memo = new WordMemo(table, rules);
    this.#words = new WordLine(units, memo);
    this.#mixed = new MixedLine(units, table.ngrams, memo);
  }

  read(text: string, start: number, end: number): ReadLine | null {
    const outcome = this.#words.read(text, start, end);
    if (outcome === LINE_STOPS) return this.#words;
    if (outcome !== LINE_IS_MIXED || end - start < SHORTEST_MIXED) return null;
    return this.#mixed.earns(text, start, end) ? null : this.#mixed;
  }
}
