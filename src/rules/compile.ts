import { OPEN } from './automaton.ts';
import type { RuleHits } from './hits.ts';
import { LiteralOwners } from './literal-owners.ts';
import { MatchedLine, standsFree, type Matchers } from './match.ts';
import { parsePattern, PatternError, type LinearPattern } from './pattern.ts';
import type { Rule, RuleSet } from './rule.ts';
import type { Trie } from './trie.ts';

/**
 * Rules ready to be run over folded text: an automaton for all literals, patterns tried only where a literal stands. Rows of
 * a site have a small automaton beside that of the rows they were added to.
 */
export class CompiledRules {
  readonly set: RuleSet;
  readonly #layers: readonly LiteralOwners[];
  readonly #matchers: Matchers;

  /**
   * Throws a `PatternError` or a RangeError for a set that `lintRules` rejects. `base`: the compiled form of the rules and the
   * allow-terms that the set begins with.
   */
  constructor(set: RuleSet, fold: (text: string) => string, base: CompiledRules | null = null) {
    const first = { rules: base?.set.rules.length ?? 0, allow: base?.set.allow.length ?? 0 };
    const own = new LiteralOwners(set, first, fold);
    const patterns = readPatterns(set.rules, first.rules, fold);
    this.set = set;
    this.#layers = base === null ? [own] : [...base.#layers, own];
    this.#matchers = {
      rules: set.rules,
      patterns: new Map(base === null ? patterns : [...base.#matchers.patterns, ...patterns]),
      longestAllow: Math.max(...this.#layers.map(({ longestAllow }) => longestAllow)),
    };
  }

  /** The literals of each layer, folded. */
  get tries(): readonly Trie[] {
    return this.#layers.map(({ automaton }) => automaton.trie);
  }

  /**
   * Whether a literal begins at `units[start]` that `match` would look at, or, where `goesOn`, one could if the text did not
   * end at `length`. One walk down each trie, without what `match` sets up.
   */
  mayStand(units: Uint16Array, start: number, length: number, goesOn: boolean): boolean {
    for (const layer of this.#layers) if (mayStandIn(layer, units, start, length, goesOn)) return true;
    return false;
  }

  /**
   * Finds every hit in `units[0..length)` into `found` (cleared by the caller). `starts[0..startCount)`, ascending, are the
   * positions where a literal may begin; more of them change nothing. Hits come out by their ends, one per rule and place.
   */
  match(units: Uint16Array, length: number, starts: Int32Array, startCount: number, found: RuleHits): void {
    // Most lines have a start or two and no literal: nothing is set up before the first one.
    let line: MatchedLine | null = null;
    for (const { automaton, owners } of this.#layers) {
      const report = (literal: number, end: number): void => {
        line ??= new MatchedLine(units, length, this.#matchers);
        line.add(owners[literal], end - automaton.lengths[literal], end);
      };
      let reached = 0;
      for (let s = 0; s < startCount; s++) {
        if (starts[s] >= reached - 1) reached = automaton.scan(units, starts[s], length, report);
      }
    }
    (line as MatchedLine | null)?.collect(found);
  }
}

function mayStandIn(
  { automaton, needed }: LiteralOwners,
  units: Uint16Array,
  start: number,
  length: number,
  goesOn: boolean,
): boolean {
  let end = start;
  for (;;) {
    const literal = automaton.literalAt(units, start, end, length);
    if (literal < 0) return goesOn && literal === OPEN;
    end = start + automaton.lengths[literal];
    if (needed[literal] === 1 || standsFree(units, length, start, end)) return true;
  }
}

function readPatterns(
  rules: readonly Rule[],
  first: number,
  fold: (text: string) => string,
): [rule: number, pattern: LinearPattern][] {
  const patterns: [number, LinearPattern][] = [];
  for (let index = first; index < rules.length; index++) {
    const { id, pattern } = rules[index];
    if (pattern !== undefined) patterns.push([index, readPattern(id, pattern, fold)]);
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
