import type { Range } from '../src/evaluation/observation.ts';
import { isWordUnit } from '../src/text/unit.ts';
import type { Random } from '../src/training/random.ts';
import type { InjectedDocument, Injection } from './eval-documents.ts';

type Spam = (random: Random) => string;

/** At the end: on a line of its own, after a blank, after a full stop, glued. */
export function atTail(spam: Spam): Injection {
  return (article, random) => {
    const joint = random.oneOf(['\n', ' ', '。', '']);
    const text = article.join('\n');
    const body = joint === '。' ? text.replace(/[。.]$/, '') : text;
    const list = spam(random);
    const start = body.length + joint.length;
    return {
      joint: joint === '' ? 'nothing' : JSON.stringify(joint),
      text: body + joint + list,
      truth: [{ start, end: start + list.length }],
      clean: text,
    };
  };
}

/** One phrase inside a sentence, between two letters. */
export function insideSentence(spam: Spam): Injection {
  return (article, random) => insertAt(article.join('\n'), 1, spam, random, 'inside');
}

/** Three to six phrases at random places of the article, inside sentences. */
export function atRandomOffsets(spam: Spam): Injection {
  return (article, random) => insertAt(article.join('\n'), 3 + random.int(4), spam, random, 'random offsets');
}

/** Two or three lists on lines of their own, one of them at the end. */
export function severalLists(spam: Spam): Injection {
  return (article, random) => {
    const pieces = article.map((text) => ({ text, isSpam: false }));
    for (let n = 1 + random.int(2); n > 0; n--) {
      pieces.splice(1 + random.int(pieces.length - 1), 0, { text: spam(random), isSpam: true });
    }
    return layOut([...pieces, { text: spam(random), isSpam: true }], article, 'lines');
  };
}

/** Two lists that differ in their separators, one after the other at the end. */
export function twoLists(list: (random: Random, separator: string) => string): Injection {
  return (article, random) => {
    const first = random.oneOf(['_', ',', '-']);
    const second = random.oneOf(['|', '、', '丨']);
    const pieces = article.map((text) => ({ text, isSpam: false }));
    const lists = [list(random, first), list(random, second)].map((text) => ({ text, isSpam: true }));
    return layOut([...pieces, ...lists], article, 'lines');
  };
}

/** A list at the end that goes on over lines: one phrase on each. */
export function overLines(phrase: Spam): Injection {
  return (article, random) => {
    const phrases = Array.from({ length: 4 + random.int(5) }, () => ({ text: phrase(random), isSpam: true }));
    return layOut([...article.map((text) => ({ text, isSpam: false })), ...phrases], article, 'lines');
  };
}

function layOut(
  pieces: readonly { text: string; isSpam: boolean }[],
  article: readonly string[],
  joint: string,
): InjectedDocument {
  const truth: Range[] = [];
  let start = 0;
  for (const { text, isSpam } of pieces) {
    if (isSpam) truth.push({ start, end: start + text.length });
    start += text.length + 1;
  }
  return { joint, text: pieces.map(({ text }) => text).join('\n'), truth, clean: article.join('\n') };
}

function insertAt(clean: string, count: number, spam: Spam, random: Random, joint: string): InjectedDocument {
  const places = new Set<number>();
  while (places.size < count) places.add(placeInside(clean, random));
  const truth: Range[] = [];
  let [text, from] = ['', 0];
  for (const at of [...places].sort((a, b) => a - b)) {
    text += clean.slice(from, at);
    const phrase = spam(random);
    truth.push({ start: text.length, end: text.length + phrase.length });
    text += phrase;
    from = at;
  }
  return { joint, text: text + clean.slice(from), truth, clean };
}

/** A place between two letters, not inside a surrogate pair; prose has them everywhere. */
function placeInside(text: string, random: Random): number {
  for (;;) {
    const at = 1 + random.int(text.length - 1);
    const isPair = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
    if (!isPair && isWordUnit(text.charCodeAt(at - 1)) && isWordUnit(text.charCodeAt(at))) return at;
  }
}
