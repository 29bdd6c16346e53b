import type { SiteRule } from '../store/store.ts';
import { foldString } from '../text/fold.ts';
import { ProblemError } from './problem.ts';
import { matcherOf } from './site-rule.ts';

/** In all rules of a site: as many are linted at a write, and built for the next check, in about 100 ms each. */
const MOST_CHARACTERS = 200_000;

/** Throws an `invalid-request` problem where the rules of a site would be too large with the rule; `at` points to it in the body. */
export function checkSize(rule: SiteRule, others: readonly SiteRule[], at: string): void {
  const rules = [...others.filter(({ id }) => id !== rule.id), rule];
  const sum = rules.reduce((total, one) => total + charactersOf(one), 0);
  if (sum <= MOST_CHARACTERS) return;
  const detail =
    `literals, needs, patterns, hits and misses of the site's rules would have ${sum} characters in all, folded, ` +
    `more than ${MOST_CHARACTERS}; shorten them, or delete a rule`;
  throw new ProblemError('invalid-request', detail, { errors: [{ pointer: at, detail }], limit: MOST_CHARACTERS });
}

/** Of what goes into the automaton, and of what the linter tries it on. Folded, since one character may fold to eighteen. */
function charactersOf(rule: SiteRule): number {
  const { literals = [], needs = [], pattern = '', hits, misses } = matcherOf(rule);
  const texts = [...literals, ...needs, ...hits, ...misses];
  return texts.reduce((total, text) => total + foldString(text).length, pattern.length);
}
