import { delimiterOf } from '../csv-source.ts';
import { inner, located, type LocatedText } from './located-text.ts';

interface Field {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** Bytes of a header. */
const HEADER_BYTES = 64 * 1024;
const MARK_LENGTH = 3;

/** The records of a CSV file of UTF-8 bytes, the header first: where each field stands. Memory: one record. */
export function* csvRecords(file: Buffer): Generator<readonly Field[]> {
  const delimiter = delimiterOf(file.toString('utf8', 0, HEADER_BYTES)).charCodeAt(0);
  let at = file.subarray(0, MARK_LENGTH).equals(Buffer.from('\ufeff')) ? MARK_LENGTH : 0;
  while (at < file.length) {
    const record: Field[] = [];
    for (;;) {
      const field = fieldAt(file, at, delimiter);
      record.push(field);
      const behind = field.end + (field.quoted ? 1 : 0);
      at = behind + 1;
      if (behind < file.length && file[behind] === delimiter) continue;
      if (file[behind] === RETURN && file[at] === LINE_FEED) at++;
      break;
    }
    yield record;
  }
}

function fieldAt(file: Buffer, at: number, delimiter: number): Field {
  let end = at;
  if (file[at] === QUOTE) {
    end = at + 1;
    while (end < file.length && (file[end] !== QUOTE || file[end + 1] === QUOTE)) end += file[end] === QUOTE ? 2 : 1;
    return { start: at + 1, end, quoted: true };
  }
  while (end < file.length && file[end] !== delimiter && file[end] !== LINE_FEED && file[end] !== RETURN) end++;
  return { start: at, end, quoted: false };
}

/** What a field says, doubled quotes read as one. Throws a TypeError for bytes that are not UTF-8. */
export function csvText(file: Buffer, { start, end, quoted }: Field): LocatedText {
  const written = located(file.subarray(start, end), 'utf-8', start);
  if (!quoted) return written;
  const positions: number[] = [];
  for (let i = 0; i < written.text.length; i += written.text[i] === '"' ? 2 : 1) positions.push(i);
  return inner(written, written.text.replaceAll('""', '"'), [...positions, written.text.length]);
}
