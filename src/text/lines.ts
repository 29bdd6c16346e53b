import type { Span } from './span.ts';

/** One line: `start..end` without its line break, `next` where the following line starts, `n` from 1. */
export interface Line extends Span {
  readonly n: number;
  readonly next: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Walks the lines of a text without building a list of them: `\n`, `\r\n`, `\r`, U+2028 and U+2029 end a line, a break
 * at the very end of the text starts no further line, and the empty text has none. The walker is its own current line.
 *
 * Cost: one native search per line; the rarer breaks are searched for only in texts that contain them at all.
 */
export class LineWalker implements Line {
  start = 0;
  end = 0;
  next = 0;
  n = 0;
  readonly #text: string;
  readonly #rare: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#rare = text.includes('\r') || text.includes('\u2028') || text.includes('\u2029');
  }

  /** Moves to the next line; false where there is none. */
  advance(): boolean {
    if (this.next >= this.#text.length) return false;
    this.start = this.next;
    this.n++;
    if (this.#rare) this.#findAnyBreak();
    else this.#findLineFeed();
    return true;
  }

  #findLineFeed(): void {
    const at = this.#text.indexOf('\n', this.start);
    this.end = at < 0 ? this.#text.length : at;
    this.next = at < 0 ? this.end : at + 1;
  }

  #findAnyBreak(): void {
    const text = this.#text;
    let at = this.start;
    while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
    this.end = at;
    const pair = text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED;
    this.next = Math.min(text.length, at + (pair ? 2 : 1));
  }
}

function isBreak(unit: number): boolean {
  return unit === LINE_FEED || unit === CARRIAGE_RETURN || unit === 0x2028 || unit === 0x2029;
}

/** All lines of a text as a list; for texts of a size that a list may have. */
export function linesOf(text: string): Line[] {
  const walker = new LineWalker(text);
  const lines: Line[] = [];
  while (walker.advance()) lines.push({ start: walker.start, end: walker.end, next: walker.next, n: walker.n });
  return lines;
}
