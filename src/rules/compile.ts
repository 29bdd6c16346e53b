import { Automaton, OPEN } from './automaton.ts';
import type { RuleHits } from './hits.ts';
import { MatchedLine, standsFree, type Matchers, type Owner } from './match.ts';
import { parsePattern, PatternError, type LinearPattern } from './pattern.ts';
import type { Rule, RuleSet } from './rule.ts';

/** Rules ready to be run over folded text: one automaton for all literals, patterns tried only where a literal stands. */
export class CompiledRules {
  readonly set: RuleSet;
  readonly #automaton: Automaton;
  readonly #owners: readonly (readonly Owner[])[];
  readonly #matchers: Matchers;

  /** Throws a `PatternError` or a RangeError for a set that `lintRules` rejects. */
  constructor(set: RuleSet, fold: (text: string) => string) {
    const owners = ownersOf(set, fold);
    this.set = set;
    this.#automaton = new Automaton([...owners.keys()].map(unitsOf));
    this.#owners = [...owners.values()];
    this.#matchers = {
      rules: set.rules,
      patterns: readPatterns(set.rules, fold),
      longestAllow: longestAllow(owners),
    };
  }

  /**
   * The first two or three units of every literal: where to enter `match`. A literal that `lintRules` accepts has at
   * least two, the first of them a letter or digit.
   */
  prefixes(): readonly (readonly number[])[] {
    return this.#automaton.literals.map((literal) => [...literal.subarray(0, 3)]);
  }

  /**
   * Whether a literal begins at `units[start]` that `match` would look at, or, where `goesOn`, one could if the text did not
   * end at `length`. One walk down the trie, without what `match` sets up.
   */
  mayStand(units: Uint16Array, start: number, length: number, goesOn: boolean): boolean {
    let end = start;
    for (;;) {
      const literal = this.#automaton.literalAt(units, start, end, length);
      if (literal < 0) return goesOn && literal === OPEN;
      end = start + this.#automaton.literals[literal].length;
      if (this.#owners[literal].some(({ role }) => role === 'need')) return true;
      if (standsFree(units, length, start, end)) return true;
    }
  }

  /**
   * Finds every hit in `units[0..length)` into `found` (cleared by the caller). `starts[0..startCount)`, ascending, are the
   * positions where a literal may begin; more of them change nothing. Hits come out by their ends, one per rule and place.
   */
  match(units: Uint16Array, length: number, starts: Int32Array, startCount: number, found: RuleHits): void {
    // Most lines have a start or two and no literal: nothing is set up before the first one.
    let line: MatchedLine | null = null;
    const report = (literal: number, end: number): void => {
      line ??= new MatchedLine(units, length, this.#matchers);
      line.add(this.#owners[literal], end - this.#automaton.literals[literal].length, end);
    };
    let reached = 0;
    for (let s = 0; s < startCount; s++) {
      if (starts[s] >= reached - 1) reached = this.#automaton.scan(units, starts[s], length, report);
    }
    (line as MatchedLine | null)?.collect(found);
  }
}

/** Each folded literal of a set once, with everyone who asked for it. */
function ownersOf(set: RuleSet, fold: (text: string) => string): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  const own = (literal: string, owner: Owner): void => {
    const folded = fold(literal);
    const others = owners.get(folded) ?? [];
    if (others.some(({ role, index }) => role === owner.role && index === owner.index)) return;
    owners.set(folded, [...others, owner]);
  };
  for (const [index, rule] of set.rules.entries()) {
    for (const literal of rule.literals ?? []) own(literal, { role: 'rule', index });
    for (const literal of rule.needs ?? []) own(literal, { role: 'need', index });
  }
  for (const [index, term] of set.allow.entries()) {
    for (const literal of term.literals) own(literal, { role: 'allow', index });
  }
  return owners;
}

function longestAllow(owners: ReadonlyMap<string, readonly Owner[]>): number {
  let longest = 0;
  for (const [literal, asked] of owners) {
    if (asked.some(({ role }) => role === 'allow')) longest = Math.max(longest, literal.length);
  }
  return longest;
}

function readPatterns(rules: readonly Rule[], fold: (text: string) => string): Map<number, LinearPattern> {
  const patterns = new Map<number, LinearPattern>();
  for (const [index, rule] of rules.entries()) {
    if (rule.pattern !== undefined) patterns.set(index, readPattern(rule.id, rule.pattern, fold));
  }
  return patterns;
}

function readPattern(id: string, pattern: string, fold: (text: string) => string): LinearPattern {
  try {
    return parsePattern(pattern, fold);
  } catch (error) {
    throw error instanceof PatternError ? new PatternError(`rule ${id}: ${error.message}`, { cause: error }) : error;
  }
}

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
