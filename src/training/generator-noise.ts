import type { ReadyGrammar } from './generator-grammar.ts';
import { joinWords, randomTag, type Word } from './generator-phrase.ts';
import type { Random } from './random.ts';

/** Years that spam lines name. */
const [FIRST_YEAR, LAST_YEAR] = [2014, 2025];

/** The text of a phrase after the disturbances of its grammar. */
export function disturbPhrase(words: readonly Word[], grammar: ReadyGrammar, random: Random): string {
  const { noise, joint } = grammar;
  const spelled = words.map((word) => respell(word, grammar, random));
  const clipped = hits(noise.clip, random) ? clipWord(spelled, grammar, random) : spelled;
  let text = joinWords(clipped, joint);
  if (hits(noise.alphanumeric, random)) text = glue(text, randomTag(random), random);
  if (hits(noise.enumerator, random)) text = glue(text, enumerator(random), random);
  if (hits(noise.year, random)) text += joint + String(FIRST_YEAR + random.int(LAST_YEAR - FIRST_YEAR + 1));
  return hits(noise.innerBlank, random) ? insertBlank(text, random) : text;
}

/** The text of a list after the disturbances of its grammar. */
export function joinPhrases(
  phrases: readonly string[],
  separators: readonly string[],
  grammar: ReadyGrammar,
  random: Random,
): string {
  const { noise } = grammar;
  const stray = hits(noise.strayBlank, random) ? random.int(separators.length) : -1;
  const whole = phrases.map((phrase, i) => phrase + (i === stray ? ' ' : '') + (separators[i] ?? '')).join('');
  if (hits(noise.cutLast, random)) return cutEnd(whole, phrases[phrases.length - 1], random);
  return hits(noise.openEnd, random) ? whole + (separators.at(-1) ?? '').trim() : whole;
}

function hits(share: number, random: Random): boolean {
  return share > 0 && random.next() < share;
}

function respell(word: Word, grammar: ReadyGrammar, random: Random): Word {
  const spellings = grammar.variants.get(word.text);
  return spellings !== undefined && hits(grammar.noise.variant, random)
    ? { ...word, text: random.oneOf(spellings) }
    : word;
}

/** One word of the slots that may be clipped loses its last character: 国产精, 一区二区三. */
function clipWord(words: readonly Word[], grammar: ReadyGrammar, random: Random): readonly Word[] {
  const candidates = [...words.keys()].filter((i) => {
    const { slot, text } = words[i];
    return slot !== null && grammar.clipped.has(slot) && [...text].length > 1;
  });
  if (candidates.length === 0) return words;
  const chosen = random.oneOf(candidates);
  return words.map((word, i) => (i === chosen ? { ...word, text: [...word.text].slice(0, -1).join('') } : word));
}

function glue(text: string, tag: string, random: Random): string {
  return random.next() < 0.5 ? tag + text : text + tag;
}

/** 1 to 9 or 20 to 99; never a number that could be read as the age of a minor. */
function enumerator(random: Random): string {
  return String(random.next() < 0.5 ? 1 + random.int(9) : 20 + random.int(80));
}

function insertBlank(text: string, random: Random): string {
  const characters = [...text];
  const at = 1 + random.int(Math.max(1, characters.length - 1));
  return `${characters.slice(0, at).join('')} ${characters.slice(at).join('')}`;
}

/** One to three characters of the last phrase go, but never all of it; one cut in three shows dots. */
function cutEnd(text: string, last: string, random: Random): string {
  const lost = Math.min(1 + random.int(3), [...last].length - 1);
  const kept = lost <= 0 ? text : [...text].slice(0, -lost).join('');
  return random.next() < 1 / 3 ? `${kept}...` : kept;
}
