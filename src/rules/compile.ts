import { OPEN } from './automaton.ts';
import type { RuleHits } from './hits.ts';
import { LiteralOwners } from './literal-owners.ts';
import { MatchedLine, standsFree, type Matchers } from './match.ts';
import { Patterns } from './patterns.ts';
import { RuleStarts } from './rule-starts.ts';
import type { RuleSet } from './rule.ts';

/**
 * Rules ready to be run over folded text: an automaton for all literals, patterns tried only where a literal stands. Rows of
 * a site have a small automaton beside that of the rows they were added to.
 */
export class CompiledRules {
  readonly set: RuleSet;
  /** Literals of the set's rows, in order: of those that a site added to, then of its own. */
  readonly layers: readonly LiteralOwners[];
  readonly #patterns: Patterns;
  #starts: RuleStarts | null = null;
  readonly #matchers: Matchers;

  /** Throws a `PatternError` for a pattern only when it is first tried. */
  constructor(set: RuleSet, layers: readonly LiteralOwners[], patterns: Patterns) {
    this.set = set;
    this.layers = layers;
    this.#patterns = patterns;
    this.#matchers = {
      rules: set.rules,
      patterns,
      longestAllow: Math.max(...layers.map(({ longestAllow }) => longestAllow)),
    };
  }

  /**
   * Throws a `PatternError` or a RangeError for a set that `lintRules` rejects. `base`: the compiled form of the rules and the
   * allow-terms that the set begins with.
   */
  static of(set: RuleSet, fold: (text: string) => string, base: CompiledRules | null = null): CompiledRules {
    const first = { rules: base?.set.rules.length ?? 0, allow: base?.set.allow.length ?? 0 };
    const own = LiteralOwners.of(set, first, fold);
    const patterns = new Patterns(set.rules, first.rules, base === null ? null : base.#patterns, fold);
    patterns.readAll();
    return new CompiledRules(set, base === null ? [own] : [...base.layers, own], patterns);
  }

  /** Where literals of the set may begin. */
  get starts(): RuleStarts {
    return (this.#starts ??= RuleStarts.joined(this.layers.map(({ starts }) => starts)));
  }

  /**
   * Whether a literal begins at `units[start]` that `match` would look at, or, where `goesOn`, one could if the text did not
   * end at `length`. One walk down each trie, without what `match` sets up.
   */
  mayStand(units: Uint16Array, start: number, length: number, goesOn: boolean): boolean {
    for (const layer of this.layers) if (mayStandIn(layer, units, start, length, goesOn)) return true;
    return false;
  }

  /**
   * Finds every hit in `units[0..length)` into `found` (cleared by the caller). `starts[0..startCount)`, ascending, are the
   * positions where a literal may begin; more of them change nothing. Hits come out by their ends, one per rule and place.
   */
  match(units: Uint16Array, length: number, starts: Int32Array, startCount: number, found: RuleHits): void {
    // Most lines have a start or two and no literal: nothing is set up before the first one.
    let line: MatchedLine | null = null;
    for (const layer of this.layers) {
      const { automaton } = layer;
      const report = (literal: number, end: number): void => {
        line ??= new MatchedLine(units, length, this.#matchers);
        line.add(layer, literal, end - automaton.lengths[literal], end);
      };
      let reached = 0;
      for (let s = 0; s < startCount; s++) {
        if (starts[s] >= reached - 1) reached = automaton.scan(units, starts[s], length, report);
      }
    }
    (line as MatchedLine | null)?.collect(found);
  }
}

function mayStandIn(layer: LiteralOwners, units: Uint16Array, start: number, length: number, goesOn: boolean): boolean {
  const { automaton } = layer;
  let end = start;
  for (;;) {
    const literal = automaton.literalAt(units, start, end, length);
    if (literal < 0) return goesOn && literal === OPEN;
    end = start + automaton.lengths[literal];
    if (layer.isNeeded(literal) || standsFree(units, length, start, end)) return true;
  }
}
