import { Automaton } from './automaton.ts';
import type { Owner } from './match.ts';
import type { RuleSet } from './rule.ts';
import { Trie } from './trie.ts';

/** Each folded literal of some rows of a set once, in one automaton, with everyone who asked for it. */
export class LiteralOwners {
  readonly automaton: Automaton;
  /** By literal, in the order of the set. The list of one owner is shared by all literals that nobody else asks for. */
  readonly owners: readonly (readonly Owner[])[];
  /** By literal: 1 where a pattern needs it. */
  readonly needed: Uint8Array;
  /** Longest literal of an allow-term, in folded units. */
  readonly longestAllow: number;

  /** Of the rows of a set from `first` on. Throws a RangeError for a literal that folds to the empty text. */
  constructor(set: RuleSet, first: { readonly rules: number; readonly allow: number }, fold: (text: string) => string) {
    const asked = askedLiterals(set, first, fold);
    const trie = new Trie(asked.reduce((sum, { literal }) => sum + literal.length, 0));
    const owners: (readonly Owner[])[] = [];
    this.needed = new Uint8Array(asked.length);
    let longestAllow = 0;
    for (const { literal, by } of asked) {
      const number = trie.add(literal);
      owners[number] = joined(owners[number], by);
      if (by[0].role === 'need') this.needed[number] = 1;
      if (by[0].role === 'allow') longestAllow = Math.max(longestAllow, literal.length);
    }
    this.automaton = new Automaton(trie);
    this.owners = owners;
    this.longestAllow = longestAllow;
  }
}

interface AskedLiteral {
  readonly literal: string;
  readonly by: readonly [Owner];
}

function askedLiterals(
  { rules, allow }: RuleSet,
  first: { readonly rules: number; readonly allow: number },
  fold: (text: string) => string,
): AskedLiteral[] {
  const asked: AskedLiteral[] = [];
  const ask = (id: string, literals: readonly string[], owner: Owner): void => {
    const by = [owner] as const;
    for (const written of literals) {
      const literal = fold(written);
      if (literal === '') throw new RangeError(`literal "${written}" of ${id} folds to the empty text; remove it`);
      asked.push({ literal, by });
    }
  };
  for (let index = first.rules; index < rules.length; index++) {
    const { id, literals = [], needs = [] } = rules[index];
    ask(id, literals, { role: 'rule', index });
    ask(id, needs, { role: 'need', index });
  }
  for (let index = first.allow; index < allow.length; index++) {
    ask(allow[index].id, allow[index].literals, { role: 'allow', index });
  }
  return asked;
}

function joined(owners: readonly Owner[] | undefined, by: readonly [Owner]): readonly Owner[] {
  if (owners === undefined) return by;
  return owners.includes(by[0]) ? owners : [...owners, by[0]];
}
