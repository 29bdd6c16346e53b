import type { GrammarFile, PlainGrammar } from './generator-grammar.ts';

export function isPlain(grammar: object): grammar is PlainGrammar {
  return Object.hasOwn(grammar, 'phrases');
}

/** The same grammar in the full form, which is then checked like any other. */
export function fromPlain(plain: PlainGrammar): GrammarFile {
  const { category, language, share, glue, slots, truncated } = plain;
  const { random, series, single } = plain.types;
  const [fewest, most] = plain.counts;
  const count = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((at) => fewest + at * (most - fewest));
  const row = { share: 1, count, separators: plain.separators, templates: plain.phrases };
  return {
    name: `${category}-${language}`,
    category,
    language,
    share,
    joint: glue,
    alone: single / (random + series + single),
    noise: { cutLast: truncated },
    slots,
    lists: { random: row },
  };
}
