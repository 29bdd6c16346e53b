import type { CompiledRules } from '../rules/compile.ts';
import { RuleHits } from '../rules/hits.ts';
import type { EvidenceTable } from './evidence.ts';
import { kernelModule, KernelReader } from './kernel.ts';
import type { LineReader, ReadLine } from './line-reader.ts';
import { ScriptReader } from './script-reader.ts';

/**
 * The first stage of the cascade (Viola and Jones 2001): most lines are so far from spam that single units and bigrams show
 * it, and no offset map, trigram or list is needed to know it. It reads raw text. Not re-entrant.
 *
 * Of lines of spaced words it stops only what full scoring would not find (`WordLine`). For others it is no bound
 * (`MixedLine`): of lines of twelve units and more in which full scoring finds spam it lets pass all but about one in 300
 * (`tests/verdict/prefilter.test.ts`), and what it stops is weak. The same line always comes out the same.
 */
export class Prefilter {
  /** Evidence of the last line that was stopped, in steps. */
  total = 0;
  readonly #rules: CompiledRules;
  readonly #reader: LineReader;
  readonly #found = new RuleHits();

  /** `module`: the kernel, `null` for none. */
  constructor(table: EvidenceTable, rules: CompiledRules, module = kernelModule()) {
    this.#rules = rules;
    this.#reader = module === null ? new ScriptReader(table, rules) : new KernelReader(module, table, rules);
  }

  /** False where `text.slice(start, end)` is honest beyond doubt, true where it has to be scored. */
  passes(text: string, start: number, end: number): boolean {
    const line = this.#reader.read(text, start, end);
    return line === null || this.#isHit(line);
  }

  /** Whether a rule hits at one of the starts of a line. */
  #isHit({ total, units, length, starts, startCount }: ReadLine): boolean {
    this.total = total;
    let kept = 0;
    for (let s = 0; s < startCount; s++) if (this.#mayStand(units, starts[s], length)) starts[kept++] = starts[s];
    if (kept === 0) return false;
    this.#found.clear();
    this.#rules.match(units, length, starts, kept, this.#found);
    return this.#found.hits.length > 0;
  }

  /** A literal is noticed by its first two units here; most of those are told apart by the next few. */
  #mayStand(units: Uint16Array, start: number, length: number): boolean {
    return this.#rules.starts.mayStand(units, start, length) && this.#rules.mayStand(units, start, length, false);
  }
}
