import type { Category } from '../rules/rule.ts';
import { readyGrammar } from './generator-check.ts';
import { GrammarError, type Grammar, type ListType, type ReadyGrammar } from './generator-grammar.ts';
import { composeList, composePhrase } from './generator-list.ts';
import { createRandom, type Random } from './random.ts';

export { GrammarError, type Grammar, type ListType } from './generator-grammar.ts';

/** Spam that a grammar composed. */
export interface GeneratedPhrase {
  readonly text: string;
  readonly category: Category;
  readonly language: string;
}

/** A list; its separator as the grammar names it, `mixed` where two blocks have two. */
export interface GeneratedList extends GeneratedPhrase {
  readonly type: ListType;
  readonly separator: string;
}

/** A list, or a phrase alone, which has no separator. */
export interface GeneratedLine extends GeneratedPhrase {
  readonly type: ListType | 'phrase';
  readonly separator: string;
}

/** What to compose; anything by the shares of the grammars where left out. */
export interface GeneratorOptions {
  readonly category?: Category;
  readonly language?: string;
  readonly type?: ListType;
}

export interface Generator {
  /** One phrase. Throws GrammarError where no grammar has what the options ask for; so does `list`. */
  phrase(options?: GeneratorOptions): GeneratedPhrase;
  list(options?: GeneratorOptions): GeneratedList;
  /** A list or a single phrase, by the measured shares. */
  line(): GeneratedLine;
}

/**
 * Composes spam lines from grammars: pure, and the same for the same grammars and seed on every machine. A random source
 * in place of the seed is drawn from as it is. Throws GrammarError for a grammar that cannot be used.
 */
export function createGenerator(grammars: readonly Grammar[], seed: number | Random): Generator {
  const random = typeof seed === 'number' ? createRandom(seed) : seed;
  const ready = grammars.map(readyGrammar);
  if (ready.length === 0) throw new GrammarError('there are no grammars; give at least one');
  const phrase = (options: GeneratorOptions = {}): GeneratedPhrase => {
    const grammar = pickGrammar(ready, options, random);
    return phraseOf(grammar, options.type, random);
  };
  const list = (options: GeneratorOptions = {}): GeneratedList => {
    const grammar = pickGrammar(ready, options, random);
    return listOf(grammar, options.type, random);
  };
  const line = (): GeneratedLine => {
    const grammar = pickGrammar(ready, {}, random);
    if (random.next() >= grammar.alone) return listOf(grammar, undefined, random);
    return { ...phraseOf(grammar, undefined, random), type: 'phrase', separator: '' };
  };
  return { phrase, list, line };
}

function phraseOf(grammar: ReadyGrammar, type: ListType | undefined, random: Random): GeneratedPhrase {
  const text = composePhrase(grammar, pickList(grammar, type, random), random);
  return { text, category: grammar.category, language: grammar.language };
}

function listOf(grammar: ReadyGrammar, type: ListType | undefined, random: Random): GeneratedList {
  const { category, language } = grammar;
  return { ...composeList(grammar, pickList(grammar, type, random), random), category, language };
}

function pickGrammar(grammars: readonly ReadyGrammar[], options: GeneratorOptions, random: Random): ReadyGrammar {
  const { category, language, type } = options;
  const fitting = grammars.filter(
    (grammar) =>
      (category ?? grammar.category) === grammar.category &&
      (language ?? grammar.language) === grammar.language &&
      (type === undefined || grammar.lists.some((list) => list.type === type)),
  );
  if (fitting.length === 0) throw new GrammarError(noneFits(grammars, options));
  return random.pick(fitting.map((grammar) => [grammar, grammar.share] as const));
}

function noneFits(grammars: readonly ReadyGrammar[], options: GeneratorOptions): string {
  return `no grammar for ${JSON.stringify(options)}; there are ${grammars.map(({ name }) => name).join(', ')}`;
}

function pickList(grammar: ReadyGrammar, type: ListType | undefined, random: Random) {
  const lists = grammar.lists.filter((list) => type === undefined || list.type === type);
  return random.pick(lists.map((list) => [list, list.share] as const));
}
