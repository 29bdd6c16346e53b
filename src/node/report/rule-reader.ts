import { compiledRules } from '../../rules/compiled.ts';
import { RuleHits } from '../../rules/hits.ts';
import { findEverything } from '../../rules/lint.ts';
import type { RuleSet } from '../../rules/rule.ts';
import { builtinRules } from '../../rules/sets/index.ts';
import { foldString } from '../../text/fold.ts';

/**
 * The rules that hit a line, whether or not anything was found there: a verdict names only those of its spans, and a rule is as good
 * as the honest lines that it leaves alone.
 */
export class RuleReader {
  readonly #set: RuleSet;
  readonly #found = new RuleHits();

  constructor(set: RuleSet = builtinRules) {
    this.#set = set;
  }

  /** Ids of the rules with a hit that no allow-term covers, each once. */
  ids(text: string): string[] {
    const { hits } = findEverything(compiledRules(this.#set), foldString(text), this.#found);
    const heard = hits.filter(({ allowedBy }) => allowedBy < 0);
    return [...new Set(heard.map(({ rule }) => this.#set.rules[rule].id))];
  }
}
