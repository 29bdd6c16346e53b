/** The groups that rules are kept in, one file per group under `sets/`. */
export type RuleGroup =
  | 'adult-core'
  | 'adult-chain'
  | 'numbers'
  | 'calls'
  | 'gambling'
  | 'contact'
  | 'links'
  | 'residue'
  | 'other'
  | 'test';

/** What kind of spam a span is; `''` where the rule does not say. */
export type Category = 'adult' | 'gambling' | 'pharma' | 'escort' | 'loans' | 'replica' | 'essay' | 'gossip';

/**
 * A rule is a data row. `weight` is a natural-log odds that a hit adds to its span.
 * It holds either `literals` (found anywhere in the folded text; Latin ones at word boundaries only) or a `pattern`
 * of the linear subset (`pattern.ts`), tried only around a hit of one of its `needs` literals, which the match must cover.
 * Literals and patterns are written in any spelling: both are folded (simplified, lower case, half width) when compiled.
 */
export interface Rule {
  /** `<group word>.<name>`, lower case ASCII with hyphens, for instance `adult.region-grade`. */
  readonly id: string;
  readonly group: RuleGroup;
  readonly category: Category | '';
  /** Natural-log odds, greater than 0 and at most 12 (the test line: 100). */
  readonly weight: number;
  readonly description: string;
  readonly literals?: readonly [string, ...string[]];
  readonly pattern?: string;
  readonly needs?: readonly [string, ...string[]];
  /** Texts in which the rule must hit, and texts in which it must not. */
  readonly hits: readonly [string, ...string[]];
  readonly misses: readonly [string, ...string[]];
}

/** Words that are innocent where they stand: a rule hit that lies wholly inside one is suppressed, and the verdict says so. */
export interface AllowTerm {
  /** `allow.<name>`. */
  readonly id: string;
  readonly description: string;
  readonly literals: readonly [string, ...string[]];
  /** Texts in which the term must be found, and texts in which it must not. */
  readonly hits: readonly [string, ...string[]];
  readonly misses: readonly [string, ...string[]];
}

/** Every rule and allow-term that a sieve works with. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly allow: readonly AllowTerm[];
}
