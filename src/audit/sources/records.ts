import { LARGEST_DOCUMENT, type ByteStream } from '../source.ts';

/** Lines of UTF-8 bytes without their line feed; `null` for one above the limit. Memory: one line. */
export async function* linesOfBytes(bytes: ByteStream): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  const flush = (): string | null => {
    const line = length > LARGEST_DOCUMENT ? null : parts.join('');
    parts = [];
    length = 0;
    return line;
  };
  const take = (piece: string): void => {
    length += piece.length;
    if (length > LARGEST_DOCUMENT) parts = [];
    else parts.push(piece);
  };
  for await (const chunk of bytes) {
    const [first = '', ...rest] = decoder.decode(chunk, { stream: true }).split('\n');
    take(first);
    for (const piece of rest) {
      yield flush();
      take(piece);
    }
  }
  take(decoder.decode());
  if (length > 0) yield flush();
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
