import { LimitReader, WARCParser, type WARCRecord } from 'warcio';
import {
  failure,
  LARGEST_DOCUMENT,
  skipped,
  tooLarge,
  type AuditSource,
  type ByteStream,
  type ContentType,
  type SourceItem,
} from '../source.ts';

const NO_RECORD = 'no WARC record begins here';

/** The bytes of an archive from an offset on. */
export type OpenAt = (offset: number) => ByteStream;

/**
 * The pages of a WARC file (`response`, `resource`) and the texts of a WET file (`conversion`), gzipped by member or not.
 * After a broken record the reading goes on at the next one that opens like a record. Memory: one record.
 */
export async function* warcSource(source: string, open: OpenAt): AuditSource & AsyncGenerator<SourceItem> {
  let from: number | null = 0;
  let reported = false;
  while (from !== null) {
    const start: number = from;
    const parser = new WARCParser(open(start));
    let last = 0;
    let found = false;
    try {
      for await (const record of parser) {
        last = parser.offset;
        found = true;
        refuseBroken(record);
        reported = false;
        // The record gives its reader away only before it is read.
        const { reader } = record;
        yield* itemsOf(source, start + last, record, () => readToEnd(reader));
        await readToEnd(reader);
      }
      if (endedEarly(parser, await isGzip(open(start)))) throw new Error('the gzip data is broken');
      if (found || start > 0 || (await isEmpty(open(0)))) return;
      throw new Error(NO_RECORD);
    } catch (error) {
      const detail = `at or after byte ${start + last}: ${error instanceof Error ? error.message : String(error)}`;
      if (!reported) yield failure({ source, entry: `byte ${start + last}` }, 'broken-record', detail);
      reported = true;
      from = await nextRecord(open, start + last + 1);
    }
  }
}

/** Whatever text stands there is a record to warcio. */
function refuseBroken({ warcHeaders: { statusline, headers } }: WARCRecord): void {
  if (!statusline.startsWith('WARC/')) throw new Error(NO_RECORD);
  if (!headers.has('Content-Length')) throw new Error('the head of the record is cut off');
}

/** Throws where the source ends before the record does: warcio would wait for the rest for ever. */
async function readToEnd(reader: WARCRecord['reader']): Promise<void> {
  if (!(reader instanceof LimitReader)) return;
  while (reader.limit > 0) {
    const skipped = await reader.sourceIter.skipSize(reader.limit);
    if (skipped === 0) throw new Error(`the record is cut off: ${reader.limit} bytes are missing`);
    reader.limit -= skipped;
  }
}

/** warcio ends in silence where a member cannot be inflated or is cut off; a bare file leaves an error of its first look for gzip. */
function endedEarly(parser: WARCParser, gzip: boolean): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- the only place where warcio keeps it
  const { inflator } = parser._reader;
  return gzip && ((inflator?.err ?? 0) !== 0 || !isEnded(inflator));
}

/** Of pako; its types do not have it. */
const isEnded = (inflator: object | null): boolean =>
  inflator === null || ('ended' in inflator && inflator.ended === true);

async function isEmpty(bytes: ByteStream): Promise<boolean> {
  for await (const chunk of bytes) if (chunk.length > 0) return false;
  return true;
}

async function isGzip(bytes: ByteStream): Promise<boolean> {
  for await (const chunk of bytes) return chunk[0] === 0x1f && chunk[1] === 0x8b;
  return false;
}

/** `whole`: throws where the record is cut off, of which nothing is given then. */
async function* itemsOf(
  source: string,
  offset: number,
  record: WARCRecord,
  whole: () => Promise<void>,
): AsyncGenerator<SourceItem> {
  const place = { source, entry: record.warcTargetURI ?? `byte ${offset}`, field: `byte ${offset}` };
  if (!['response', 'resource', 'conversion'].includes(record.warcType)) return;
  const status = Number(record.httpHeaders?.statusCode ?? 200);
  if (status !== 200) {
    yield skipped(place, 'status', `${place.entry} answered ${status}`);
    return;
  }
  const declared = record.httpHeaders?.headers.get('content-type') ?? record.warcContentType ?? 'text/plain';
  const contentType = typeOf(declared);
  if (contentType === null) {
    yield skipped(place, 'content-type', `${place.entry} is ${declared}`);
    return;
  }
  const content = record.warcContentLength > LARGEST_DOCUMENT ? null : await contentOf(record);
  if (content === null) {
    yield tooLarge(place);
    return;
  }
  await whole();
  const modified = record.warcDate ? { lastModified: record.warcDate } : {};
  const text = decodedAs(content, declared);
  yield { kind: 'document', id: place.entry, place, contentType, content: text ?? content, ...modified };
}

/** Chunk by chunk, so that a bomb stops at the limit and not after it. */
async function contentOf(record: WARCRecord): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of record.contentReader) {
    length += part.length;
    if (length > LARGEST_DOCUMENT) return null;
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function typeOf(declared: string): ContentType | null {
  if (/^(?:text\/html|application\/xhtml)/i.test(declared)) return 'text/html';
  return /^text\/plain/i.test(declared) ? 'text/plain' : null;
}

/** The text where the declared encoding is one that decodes it; `null` leaves the bytes to be guessed. */
function decodedAs(bytes: Uint8Array, declared: string): string | null {
  const encoding = /charset\s*=\s*"?([\w-]+)/i.exec(declared)?.[1];
  try {
    return encoding === undefined ? null : new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

/** The offset of the next gzip member or bare record, `null` at the end. */
async function nextRecord(open: OpenAt, from: number): Promise<number | null> {
  let offset = from;
  let tail = '';
  const latin = new TextDecoder('latin1');
  for await (const chunk of open(from)) {
    const text = tail + latin.decode(chunk);
    const found = text.search(/\u001f\u2039\u0008|WARC\/1\.[01]\r?\n/);
    if (found >= 0) return offset - tail.length + found;
    offset += chunk.length;
    tail = text.slice(-16);
  }
  return null;
}
