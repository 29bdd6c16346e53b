import { parsePattern, PatternError, type LinearPattern } from './pattern.ts';
import type { Rule } from './rule.ts';

/** The patterns of a set by rule. Each is read when it is first tried: most documents try none of the built-in ones. */
export class Patterns {
  readonly #rules: readonly Rule[];
  readonly #first: number;
  readonly #base: Patterns | null;
  readonly #fold: (text: string) => string;
  readonly #read = new Map<number, LinearPattern>();

  /** `base`: the patterns of the `first` rules, which the set begins with. */
  constructor(rules: readonly Rule[], first: number, base: Patterns | null, fold: (text: string) => string) {
    this.#rules = rules;
    this.#first = first;
    this.#base = base;
    this.#fold = fold;
  }

  /** Reads all that are the set's own. Throws a `PatternError` that names the rule. */
  readAll(): void {
    for (let index = this.#first; index < this.#rules.length; index++) this.get(index);
  }

  /** `undefined` for a rule without one. */
  get(index: number): LinearPattern | undefined {
    if (this.#base !== null && index < this.#first) return this.#base.get(index);
    const { id, pattern } = this.#rules[index];
    if (pattern === undefined) return undefined;
    let read = this.#read.get(index);
    if (read === undefined) this.#read.set(index, (read = readPattern(id, pattern, this.#fold)));
    return read;
  }
}

function readPattern(id: string, pattern: string, fold: (text: string) => string): LinearPattern {
  try {
    return parsePattern(pattern, fold);
  } catch (error) {
    throw error instanceof PatternError ? new PatternError(`rule ${id}: ${error.message}`, { cause: error }) : error;
  }
}
