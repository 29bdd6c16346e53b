import { foldString } from '../../src/text/fold.ts';

/** Character n-grams of the folded text, each once: peers without a tokeniser for Chinese are given linesieve's own folding. */
export function ngrams(text: string, from: number, to: number): string[] {
  const folded = foldString(text);
  const found = new Set<string>();
  for (let n = from; n <= to; n++) for (let i = 0; i + n <= folded.length; i++) found.add(folded.slice(i, i + n));
  return [...found];
}
