import { LARGEST_DOCUMENT, tooLarge, type ByteStream, type SourceNotice } from '../../audit/source.ts';
import { ChunkBuffers } from './chunk-buffers.ts';
import type { RowChunk } from './work-item.ts';

/** Bytes of a chunk at least: handing it over costs nothing beside checking it, and little is done twice. */
const CHUNK = 1024 * 1024;
/** Bytes of a row at the most: what has more units than a document may have, has more bytes than this in any script but Latin. */
const LONGEST_ROW = 3 * LARGEST_DOCUMENT;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/**
 * The bytes of a file in chunks that end where a row ends: at a line feed, of a CSV file outside of quotes. The same at every reading. A row
 * that is too long is told and passed over. Memory: a chunk and a row. `buffers`: where those that were handed over come back.
 */
export async function* rowChunks(
  source: string,
  format: RowChunk['format'],
  bytes: ByteStream,
  buffers = new ChunkBuffers(),
): AsyncGenerator<RowChunk | SourceNotice> {
  const cutter = new RowCutter(format, buffers);
  let rows = 0;
  let header: Uint8Array<ArrayBuffer> | null = format === 'csv' ? null : new Uint8Array();
  const chunkOf = (whole: Uint8Array<ArrayBuffer>, count: number): RowChunk => {
    const chunk = { kind: 'rows', format, bytes: whole, rowsBefore: rows, header: header ?? new Uint8Array() } as const;
    header ??= whole.slice(0, cutter.firstRow);
    rows += count;
    return { ...chunk, place: { source, entry: `rows from ${chunk.rowsBefore + 1}` } };
  };
  for await (const part of bytes) {
    const cut = cutter.push(part);
    if (cut !== null) yield chunkOf(cut.bytes, cut.rows);
    if (!cutter.overflows) continue;
    yield tooLarge({ source, entry: String(rows + 1) });
    rows++;
  }
  const rest = cutter.end();
  if (rest !== null) yield chunkOf(rest.bytes, rest.rows);
}

interface Cut {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/** Gathers bytes, and cuts behind the last row that is whole once there are enough. */
class RowCutter {
  /** Length of the first row with its line end. */
  firstRow = 0;
  readonly #quotes: boolean;
  readonly #buffers: ChunkBuffers;
  #bytes: Uint8Array<ArrayBuffer>;
  /** Of what has been gathered. */
  #length = 0;
  /** Behind the last row that is whole; rows up to there. */
  #end = 0;
  #rows = 0;
  #inQuotes = false;
  #skips = false;

  constructor(format: RowChunk['format'], buffers: ChunkBuffers) {
    this.#quotes = format === 'csv';
    this.#buffers = buffers;
    this.#bytes = buffers.take(0);
  }

  push(part: Uint8Array): Cut | null {
    const from = this.#skips ? this.#skip(part) : 0;
    if (from === part.length) return null;
    const bytes = from === 0 ? part : part.subarray(from);
    this.#scan(bytes);
    this.#append(bytes);
    // Whole rows do not wait for a long one behind them.
    const isFull = this.#end >= CHUNK || (this.#end > 0 && this.#length - this.#end >= CHUNK);
    return isFull ? this.#cut() : null;
  }

  /** Whether a row is longer than any may be; it is then dropped to its end. */
  get overflows(): boolean {
    if (this.#length - this.#end <= LONGEST_ROW) return false;
    [this.#length, this.#end, this.#rows, this.#skips] = [0, 0, 0, true];
    return true;
  }

  /** What is left: the last row need not have an end. */
  end(): Cut | null {
    if (this.#length === 0) return null;
    if (this.#end < this.#length) [this.#end, this.#rows] = [this.#length, this.#rows + 1];
    return this.#cut();
  }

  #scan(bytes: Uint8Array): void {
    if (this.#quotes) {
      for (let at = 0; at < bytes.length; at++) {
        if (bytes[at] === QUOTE) this.#inQuotes = !this.#inQuotes;
        else if (bytes[at] === LINE_FEED && !this.#inQuotes) this.#endAt(at);
      }
      return;
    }
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) this.#endAt(at);
  }

  #endAt(at: number): void {
    this.#end = this.#length + at + 1;
    this.#rows++;
    if (this.firstRow === 0) this.firstRow = this.#end;
  }

  #skip(part: Uint8Array): number {
    const end = part.indexOf(LINE_FEED);
    if (end < 0) return part.length;
    [this.#skips, this.#inQuotes] = [false, false];
    return end + 1;
  }

  #append(part: Uint8Array): void {
    const length = this.#length + part.length;
    // Twice as much each time: a long row is copied a few times, not at every part.
    if (length > this.#bytes.length) this.#moveTo(this.#buffers.take(2 * length), 0);
    this.#bytes.set(part, this.#length);
    this.#length = length;
  }

  #cut(): Cut {
    const cut = { bytes: this.#bytes.subarray(0, this.#end), rows: this.#rows };
    this.#moveTo(this.#buffers.take(this.#length - this.#end), this.#end);
    [this.#length, this.#end, this.#rows] = [this.#length - this.#end, 0, 0];
    return cut;
  }

  /** What has been gathered from an offset on. */
  #moveTo(bytes: Uint8Array<ArrayBuffer>, from: number): void {
    bytes.set(this.#bytes.subarray(from, this.#length));
    this.#bytes = bytes;
  }
}
