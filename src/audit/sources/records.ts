import { LARGEST_DOCUMENT, type ByteStream } from '../source.ts';

const LINE_FEED = 0x0a;
/** Bytes of a line of as many units as a document may have, at most. */
const MOST_BYTES = 3 * LARGEST_DOCUMENT;

/** Lines of UTF-8 bytes without their line feed; `null` for one above the limit. Memory: one line. */
export async function* linesOfBytes(bytes: ByteStream): AsyncGenerator<string | null> {
  const reader = new LineReader();
  for await (const chunk of bytes) yield* reader.push(chunk);
  yield* reader.end();
}

/** Those of bytes that are all there. */
export function* linesIn(bytes: Uint8Array): Generator<string | null> {
  const reader = new LineReader();
  yield* reader.push(bytes);
  yield* reader.end();
}

/** Decodes line by line: one string for each chunk would outlive the quick collections of garbage. */
class LineReader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  #parts: Uint8Array[] = [];
  #length = 0;
  #isFirst = true;

  *push(chunk: Uint8Array): Generator<string | null> {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      this.#take(chunk.subarray(from, end));
      yield this.#line();
      from = end + 1;
    }
    this.#take(chunk.subarray(from));
  }

  *end(): Generator<string | null> {
    if (this.#length > 0) yield this.#line();
  }

  #take(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > MOST_BYTES) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #line(): string | null {
    const line = this.#length > MOST_BYTES ? null : this.#decode();
    this.#parts = [];
    this.#length = 0;
    this.#isFirst = false;
    return line === null || line.length > LARGEST_DOCUMENT ? null : line;
  }

  #decode(): string {
    const [first = new Uint8Array(), ...rest] = this.#parts;
    // Parts of the stream may cut a character.
    const decoded =
      rest.length === 0
        ? this.#decoder.decode(first)
        : [first, ...rest].map((part) => this.#decoder.decode(part, { stream: true })).join('') +
          this.#decoder.decode();
    return this.#isFirst && decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
  }
}

/** Chunks of UTF-8 bytes as text. */
export async function* textOfBytes(bytes: ByteStream): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** A field of a content system is HTML where it holds a tag, an entity or a block comment. */
export function looksLikeMarkup(text: string): boolean {
  return /<(?:[a-z][a-z0-9]*(?:\s[^<>]*)?\/?|\/[a-z][a-z0-9]*|!--)|&(?:#\d+|#x[\da-f]+|[a-z]+);/i.test(text);
}
