import type { ListType, ReadyGrammar, ReadyList } from './generator-grammar.ts';
import { disturbPhrase, joinPhrases } from './generator-noise.ts';
import { draftPhrase, drawNumber, type Drawn } from './generator-phrase.ts';
import type { Random } from './random.ts';

export interface ComposedList {
  readonly text: string;
  readonly type: ListType;
  /** As the grammar names it; `mixed` for two blocks, the first joined by `-`, the second by `,`. */
  readonly separator: string;
}

/** Tries for a phrase that the list does not have yet. */
const TRIES = 4;
/** Lists of two blocks start with 9 to 13 phrases joined by `-` (measured). */
const [FEWEST_FIRST, MOST_FIRST] = [9, 13];

export function composeList(grammar: ReadyGrammar, list: ReadyList, random: Random): ComposedList {
  const separator = random.pick(list.separators);
  const first = separator === 'mixed' ? FEWEST_FIRST + random.int(MOST_FIRST - FEWEST_FIRST + 1) : 0;
  const phrases = composePhrases(grammar, list, first + drawNumber(list.count, random), random);
  if (list.sorted > 0 && random.next() < list.sorted) phrases.sort();
  const between = separator === 'mixed' ? ',' : separator;
  const separators = phrases.slice(1).map((_, i) => (i < first ? '-' : between));
  return { text: joinPhrases(phrases, separators, grammar, random), type: list.type, separator };
}

/** One phrase on its own; never a bait. */
export function composePhrase(grammar: ReadyGrammar, list: ReadyList, random: Random): string {
  return disturbPhrase(
    draftPhrase(list.templates, list.length, grammar, drawFixed(grammar, list, random), random),
    grammar,
    random,
  );
}

function composePhrases(grammar: ReadyGrammar, list: ReadyList, count: number, random: Random): string[] {
  const fixed = drawFixed(grammar, list, random);
  const phrases = new Set<string>();
  for (let i = 0; i < count; i++) {
    for (let attempt = 0, before = phrases.size; attempt < TRIES && phrases.size === before; attempt++) {
      phrases.add(nextPhrase(grammar, list, fixed, random));
    }
  }
  return [...phrases];
}

function nextPhrase(grammar: ReadyGrammar, list: ReadyList, fixed: Drawn, random: Random): string {
  const [templates, length] = rowsOfPhrase(grammar, list, random);
  return disturbPhrase(draftPhrase(templates, length, grammar, fixed, random), grammar, random);
}

function rowsOfPhrase(grammar: ReadyGrammar, list: ReadyList, random: Random) {
  if (list.bait > 0 && random.next() < list.bait) return [list.baits, null] as const;
  const { templates, length } = list.own < 1 && random.next() >= list.own ? grammar.lists[0] : list;
  return [templates, length] as const;
}

function drawFixed(grammar: ReadyGrammar, { fixed }: ReadyList, random: Random): Drawn {
  return new Map(fixed === null ? [] : [[fixed, random.pick(grammar.slots.get(fixed) ?? [])]]);
}
