import { LONGEST_TEXT } from '../sample.ts';

/** A whole text, or its pieces one after the other, cut anywhere, line breaks included. */
export type TextSource = string | Iterable<string> | AsyncIterable<string>;

/** A line without its break, `n` from 1; `text` is `null` where it is longer than may be. */
export interface SourceLine {
  readonly n: number;
  readonly text: string | null;
}

/**
 * UTF-16 units of one row: a text with every unit escaped takes six for one, and as much again is left to the other fields.
 * What is longer is an error row, of which nothing is kept.
 */
export const LONGEST_ROW = 12 * LONGEST_TEXT;

const MARK = '\ufeff';

export const tooLong = (longest = LONGEST_ROW): string => `more than ${longest} units; split it, or leave it out`;

/** The pieces of a source without the byte order mark at its head and without empty pieces. */
export async function* piecesOf(source: TextSource): AsyncGenerator<string> {
  let isHead = true;
  for await (const piece of typeof source === 'string' ? [source] : source) {
    const text = isHead && piece.startsWith(MARK) ? piece.slice(1) : piece;
    isHead &&= piece === '';
    if (text !== '') yield text;
  }
}

/** Lines ended by `\n` or `\r\n`; the last may be ended by nothing. Memory: one line. */
export async function* sourceLines(source: TextSource, longest = LONGEST_ROW): AsyncGenerator<SourceLine> {
  const line = new LineBuffer(longest);
  for await (const piece of piecesOf(source)) {
    let from = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      line.take(piece.slice(from, at));
      yield line.finish();
      from = at + 1;
    }
    line.take(piece.slice(from));
  }
  if (!line.isEmpty) yield line.finish();
}

class LineBuffer {
  #n = 0;
  #parts: string[] = [];
  #length = 0;
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  take(piece: string): void {
    this.#length += piece.length;
    if (this.#length > this.#longest) this.#parts = [];
    else if (piece !== '') this.#parts.push(piece);
  }

  finish(): SourceLine {
    const text = this.#length > this.#longest ? null : this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    return { n: ++this.#n, text: text?.endsWith('\r') ? text.slice(0, -1) : text };
  }
}
