import { Automaton } from './automaton.ts';
import { RuleStarts } from './rule-starts.ts';
import type { RuleSet } from './rule.ts';
import { Trie } from './trie.ts';

/** Who asked for a literal: a rule, an allow-term, or the pattern of a rule. */
export const OWNER_RULE = 0;
export const OWNER_ALLOW = 1;
export const OWNER_PATTERN = 2;

/** A role and the index of the rule or allow-term in its set, in one number. */
export const ownerOf = (role: number, index: number): number => (index << 2) | role;
export const roleOf = (owner: number): number => owner & 3;
export const indexOf = (owner: number): number => owner >>> 2;

type Owners = Pick<LiteralOwners, 'firsts' | 'owners' | 'longestAllow'>;

/** Each folded literal of some rows of a set once, in one automaton, with everyone who asked for it. */
export class LiteralOwners {
  readonly automaton: Automaton;
  /** The owners of literal `n` are `owners[firsts[n]..firsts[n + 1])`, in the order of the set. */
  readonly firsts: Uint32Array;
  readonly owners: Uint32Array;
  /** Longest literal of an allow-term, in folded units. */
  readonly longestAllow: number;

  #starts: RuleStarts | null;

  /** `starts`: those of the automaton, which are found when they are first asked for where they are left out. */
  constructor(automaton: Automaton, { firsts, owners, longestAllow }: Owners, starts: RuleStarts | null = null) {
    this.#starts = starts;
    this.automaton = automaton;
    this.firsts = firsts;
    this.owners = owners;
    this.longestAllow = longestAllow;
  }

  get starts(): RuleStarts {
    return (this.#starts ??= RuleStarts.of(this.automaton.trie));
  }

  /** Whether a pattern asked for a literal. */
  isNeeded(literal: number): boolean {
    for (let i = this.firsts[literal]; i < this.firsts[literal + 1]; i++)
      if (roleOf(this.owners[i]) === OWNER_PATTERN) return true;
    return false;
  }

  /** Of the rows of a set from `first` on. Throws a RangeError for a literal that folds to the empty text. */
  static of(set: RuleSet, first: FirstRows, fold: (text: string) => string): LiteralOwners {
    const asked = askedLiterals(set, first, fold);
    const trie = new Trie(asked.reduce((sum, { literal }) => sum + literal.length, 0));
    const owners: number[][] = [];
    let longestAllow = 0;
    for (const { literal, owner } of asked) {
      if (roleOf(owner) === OWNER_ALLOW) longestAllow = Math.max(longestAllow, literal.length);
      const of = (owners[trie.add(literal)] ??= []);
      if (!of.includes(owner)) of.push(owner);
    }
    const firsts = new Uint32Array(owners.length + 1);
    for (const [literal, { length }] of owners.entries()) firsts[literal + 1] = firsts[literal] + length;
    return new LiteralOwners(new Automaton(trie), { firsts, owners: Uint32Array.from(owners.flat()), longestAllow });
  }
}

/** Rows of a set that come first in it and are compiled already. */
export interface FirstRows {
  readonly rules: number;
  readonly allow: number;
}

interface AskedLiteral {
  readonly literal: string;
  readonly owner: number;
}

function askedLiterals({ rules, allow }: RuleSet, first: FirstRows, fold: (text: string) => string): AskedLiteral[] {
  const asked: AskedLiteral[] = [];
  const ask = (id: string, literals: readonly string[], owner: number): void => {
    for (const written of literals) {
      const literal = fold(written);
      if (literal === '') throw new RangeError(`literal "${written}" of ${id} folds to the empty text; remove it`);
      asked.push({ literal, owner });
    }
  };
  for (let index = first.rules; index < rules.length; index++) {
    const { id, literals = [], needs = [] } = rules[index];
    ask(id, literals, ownerOf(OWNER_RULE, index));
    ask(id, needs, ownerOf(OWNER_PATTERN, index));
  }
  for (let index = first.allow; index < allow.length; index++) {
    ask(allow[index].id, allow[index].literals, ownerOf(OWNER_ALLOW, index));
  }
  return asked;
}
