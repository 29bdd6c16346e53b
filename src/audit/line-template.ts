import { foldString } from '../text/fold.ts';

/** A line without its numbers, as a number: equal for near-repeats that a program fills in. */
export interface LineTemplate {
  /** 53 bits: two of a hundred thousand lines share one with a chance of one in a million. */
  readonly key: number;
  /** The numbers, in order, joined by a blank. */
  readonly numbers: string;
  /** A number as long as a telephone's or an account's, which an injection has rather than a counter, a date or a price. */
  readonly hasContact: boolean;
}

const CONTACT = /\d{7,}/;

/** Folded, tags and marks aside. Linear. */
export function templateOf(text: string): LineTemplate {
  const folded = foldString(text.replace(/<[^<>]*>/g, ' '));
  const numbers = folded.match(/\d+/g)?.join(' ') ?? '';
  const words = folded
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim();
  return { key: hash53(words), numbers, hasContact: CONTACT.test(numbers) };
}

/** Two FNV-1a hashes of different bases over UTF-16 units. */
function hash53(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x1000193;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ (unit + i), 0x85ebca6b);
  }
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}
