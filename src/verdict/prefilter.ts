import { extend, HASH_PAIR } from '../bayes/features.ts';
import { OPENING } from '../rules/automaton.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { RuleHits } from '../rules/hits.ts';
import { unitClass, UNIT_OTHER } from '../text/unit.ts';
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
  readonly #openings: Int32Array;

  /** `module`: the kernel, `null` for none. */
  constructor(table: EvidenceTable, rules: CompiledRules, module = kernelModule()) {
    this.#rules = rules;
    this.#openings = openingsOf(rules);
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
    if (start < 0) return false;
    if (start + 2 < length && unitClass[units[start + 2]] !== UNIT_OTHER) {
      let hash = extend(extend(units[start], units[start + 1]), units[start + 2]);
      for (let k = start + 3; !this.#opens(hash); k++) {
        if (k >= length || k >= start + OPENING) return false;
        hash = extend(hash, units[k]);
      }
    }
    return this.#rules.mayStand(units, start, length, false);
  }

  #opens(hash: number): boolean {
    const bit = bitOf(hash);
    return ((this.#openings[bit >>> 5] >>> (bit & 31)) & 1) !== 0;
  }
}

/** 2^17 bits are 16 kB: looked up at every start, they stay in the first-level cache, and one in sixty is set. */
const OPENING_BITS = 17;
const bitOf = (hash: number): number => Math.imul(hash, HASH_PAIR) >>> (32 - OPENING_BITS);

/** A bit for each opening of a literal: none set means that none stands there. */
function openingsOf(rules: CompiledRules): Int32Array {
  const bits = new Int32Array(1 << (OPENING_BITS - 5));
  for (const opening of rules.openings()) {
    const bit = bitOf(opening.reduce(extend));
    bits[bit >>> 5] |= 1 << (bit & 31);
  }
  return bits;
}
