import { LONGEST_ROW, piecesOf, tooLong, type TextSource } from './text-lines.ts';

/** One record and the line that it begins on; with `error`, why it has no cells. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly error?: string;
}

const DELIMITERS = [',', ';', '\t'];
const NEVER_CLOSED = 'a quote is opened and never closed; close it, and double the quotes inside cells';
const AFTER_QUOTE = 'text after a closing quote; double the quotes inside cells';

/**
 * Records of a CSV text (RFC 4180; LF or CRLF; comma, semicolon or tab, whichever its first line has most of), blank lines left out.
 * After a record that cannot be read, reading goes on at the line after the one that it began on, so that one stray quote does not
 * swallow what follows. Memory: one record.
 */
export async function* csvRecords(source: TextSource): AsyncGenerator<CsvRecord> {
  const scanner = new CsvScanner();
  for await (const piece of piecesOf(source)) yield* scanner.push(piece);
  yield* scanner.end();
}

class CsvScanner {
  #text = '';
  #line = 1;
  #delimiter: string | null = null;
  /** The rest of a line that was refused is dropped up to its end. */
  #isDropping = false;
  /** A record that did not end is looked at again once there is twice as much text: one pass in all, not one a piece. */
  #enough = 0;

  *push(piece: string): Generator<CsvRecord> {
    this.#text += piece;
    if (this.#text.length >= this.#enough) yield* this.#drain(false);
  }

  *end(): Generator<CsvRecord> {
    yield* this.#drain(true);
  }

  *#drain(isLast: boolean): Generator<CsvRecord> {
    const text = this.#text;
    let at = this.#isDropping ? this.#afterLine(text, 0) : 0;
    while (at < text.length) {
      this.#delimiter ??= delimiterOf(text, isLast);
      const read = this.#delimiter === null ? null : readRecord(text, at, this.#delimiter, isLast);
      if (read === null && text.length - at <= LONGEST_ROW) break;
      const { cells = [], end = at, error = tooLong() } = read ?? {};
      if (error !== '') yield { line: this.#line, cells: [], error };
      else if (cells.length > 1 || cells[0].trim() !== '') yield { line: this.#line, cells };
      at = error === '' ? this.#counted(text, at, end) : this.#afterLine(text, at);
    }
    this.#text = text.slice(at);
    this.#enough = 2 * this.#text.length;
  }

  /** Where the line after the one at `at` begins; drops what there is where it has not come yet. */
  #afterLine(text: string, at: number): number {
    const feed = text.indexOf('\n', at);
    this.#isDropping = feed < 0;
    if (feed >= 0) this.#line++;
    return feed < 0 ? text.length : feed + 1;
  }

  #counted(text: string, from: number, to: number): number {
    for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) this.#line++;
    return to;
  }
}

/** The delimiter that the first line has most of; `null` where that line has not come whole. */
function delimiterOf(text: string, isLast: boolean): string | null {
  const feed = text.indexOf('\n');
  if (feed < 0 && !isLast) return null;
  const head = feed < 0 ? text : text.slice(0, feed);
  const counts = DELIMITERS.map((delimiter) => head.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

interface ReadRecord {
  readonly cells?: readonly string[];
  readonly end?: number;
  /** `''` where there is none. */
  readonly error: string;
}

/** Reads the record at `from`; `null` where the text ends within it and more may come. */
function readRecord(text: string, from: number, delimiter: string, isLast: boolean): ReadRecord | null {
  const cells: string[] = [];
  for (let at = from; ; at++) {
    if (at - from > LONGEST_ROW) return { error: tooLong() };
    const cell = text[at] === '"' ? quotedCell(text, at, from) : plainCell(text, at, delimiter);
    if (cell === null) return isLast ? { error: NEVER_CLOSED } : null;
    cells.push(cell.value);
    at = cell.end;
    if (text[at] === delimiter) continue;
    if (text.startsWith('\r\n', at)) at++;
    if (text[at] === '\n') return at - from > LONGEST_ROW ? { error: tooLong() } : { cells, end: at + 1, error: '' };
    if (at < text.length && !(text[at] === '\r' && at + 1 === text.length)) return { error: AFTER_QUOTE };
    if (!isLast) return null;
    return text.length - from > LONGEST_ROW ? { error: tooLong() } : { cells, end: text.length, error: '' };
  }
}

interface Cell {
  readonly value: string;
  readonly end: number;
}

const PLAIN: Readonly<Record<string, RegExp>> = { ',': /[^,\n]*/y, ';': /[^;\n]*/y, '\t': /[^\t\n]*/y };

function plainCell(text: string, at: number, delimiter: string): Cell {
  const pattern = PLAIN[delimiter];
  pattern.lastIndex = at;
  const value = pattern.exec(text)?.[0] ?? '';
  const end = at + value.length;
  const isCut = value.endsWith('\r') && text[end] !== delimiter;
  return isCut ? { value: value.slice(0, -1), end: end - 1 } : { value, end };
}

/** `null` where no quote closes it before the text ends; one beyond the longest record ends there. */
function quotedCell(text: string, open: number, from: number): Cell | null {
  let value = '';
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    if (quote - from > LONGEST_ROW) return { value: '', end: quote };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}
