import type { Label } from '../sample.ts';

const WORDS: ReadonlyMap<string, Label> = new Map([
  ['legit', 'legit'],
  ['ham', 'legit'],
  ['spam', 'spam'],
]);
const ANSWERS: ReadonlyMap<string, Label> = new Map([
  ['true', 'spam'],
  ['1', 'spam'],
  ['yes', 'spam'],
  ['false', 'legit'],
  ['0', 'legit'],
  ['no', 'legit'],
]);

/** The label that a word names: legit, ham or spam, in any case. */
export function labelOfWord(word: string): Label | null {
  return WORDS.get(word.trim().toLowerCase()) ?? null;
}

/** The label that the answer to «is it spam?» names: a label's word, true or false, 1 or 0, yes or no. */
export function labelOfAnswer(answer: unknown): Label | null {
  const word = String(answer);
  return labelOfWord(word) ?? ANSWERS.get(word.trim().toLowerCase()) ?? null;
}
