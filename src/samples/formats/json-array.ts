import { jsonRow, type JsonRow } from './ndjson.ts';
import { LONGEST_ROW, piecesOf, tooLong, type TextSource } from './text-lines.ts';

/** The next unit that matters outside of a string, and inside of one. */
const OUTSIDE = /["{}[\]]/g;
const INSIDE = /["\\]/g;

/**
 * The objects that are elements of one JSON array, which is the whole text; their places are numbers from 1. Memory: one object. Broken
 * JSON gives broken objects; text that ends within one gives a last error row.
 */
export async function* jsonElements(source: TextSource, name: string): AsyncGenerator<JsonRow> {
  const cutter = new ElementCutter();
  let n = 0;
  for await (const piece of piecesOf(source)) {
    for (const json of cutter.push(piece)) {
      const place = `${name}#${++n}`;
      yield json === null ? { place, error: tooLong() } : jsonRow(json, place);
    }
  }
  if (cutter.isOpen) yield { place: `${name}#${n + 1}`, error: 'the text ends within it; is the file whole?' };
}

class ElementCutter {
  #depth = 0;
  #inString = false;
  /** The unit after a backslash at the end of a piece is still to be passed over. */
  #isEscaped = false;
  #parts: string[] = [];
  #length = 0;

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Elements that end within the piece; `null` for one that is too long. */
  *push(piece: string): Generator<string | null> {
    let from = this.#depth > 1 ? 0 : piece.length;
    let at = this.#isEscaped ? 1 : 0;
    this.#isEscaped = false;
    for (;;) {
      const found = nextOf(this.#inString ? INSIDE : OUTSIDE, piece, at);
      if (found < 0) break;
      at = found + 1;
      const unit = piece[found];
      if (unit === '\\') at++;
      else if (unit === '"') this.#inString = !this.#inString;
      else if (unit === '{' || unit === '[') {
        if (this.#depth++ === 1) from = found;
      } else if (this.#depth > 0 && --this.#depth === 1) {
        this.#take(piece.slice(from, at));
        yield this.#finish();
        from = piece.length;
      }
    }
    this.#isEscaped = at > piece.length;
    if (this.#depth > 1) this.#take(piece.slice(from));
  }

  #take(part: string): void {
    this.#length += part.length;
    if (this.#length > LONGEST_ROW) this.#parts = [];
    else this.#parts.push(part);
  }

  #finish(): string | null {
    const json = this.#length > LONGEST_ROW ? null : this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    return json;
  }
}

function nextOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? -1;
}
