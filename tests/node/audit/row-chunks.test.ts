import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceItem } from '../../../src/audit/source.ts';
import { ndjsonSource } from '../../../src/audit/sources/ndjson.ts';
import { ChunkBuffers } from '../../../src/node/audit/chunk-buffers.ts';
import { csvSource } from '../../../src/node/audit/csv-source.ts';
import { documentsOf } from '../../../src/node/audit/read-item.ts';
import { rowChunks } from '../../../src/node/audit/row-chunks.ts';

const COLUMNS = { text: ['text'] };
const MEGABYTE = 1024 * 1024;

async function* streamOf(bytes: Uint8Array, piece: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
}

/** What chunks of a file say, and how many there were. */
async function chunked(text: string, format: 'ndjson' | 'csv', piece: number): Promise<[SourceItem[], number]> {
  const items: SourceItem[] = [];
  let chunks = 0;
  for await (const chunk of rowChunks('x', format, streamOf(new TextEncoder().encode(text), piece))) {
    chunks++;
    items.push(...(await Array.fromAsync(documentsOf(chunk, COLUMNS))));
  }
  return [items, chunks];
}

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
const filler = 'the council met and adopted the budget. '.repeat(800);

describe('a file cut into chunks', () => {
  it.each([1000, 64 * 1024, 3 * MEGABYTE])(
    'of JSON rows says what the whole says, in pieces of %i bytes',
    async (piece) => {
      const rows = Array.from({ length: 200 }, (_, i) =>
        i % 17 === 3 ? '{"text": 5}' : JSON.stringify({ id: `d${i}`, text: `${i} ${filler.slice(i)} 数据\u2028` }),
      );
      for (const text of [rows.join('\n'), `${rows.join('\n')}\n`, rows.join('\r\n'), rows.join('\n\n')]) {
        const [items, chunks] = await chunked(text, 'ndjson', piece);
        expect(chunks).toBeGreaterThanOrEqual(2);
        expect(items).toEqual(
          await Array.fromAsync(ndjsonSource('x', streamOf(new TextEncoder().encode(text), 1 << 30))),
        );
      }
    },
  );

  it('of a CSV file says what the whole says: quotes hold line ends, quotes and delimiters', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', '\n', ',', ';', '\r\n', '字', ' '), maxLength: 30 });
    const table = fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        async (cells, mark, end) => {
          const lines = cells.flatMap(([id, text]) => [
            `${quoted(id)}${mark}${quoted(text)}`,
            `big${mark}${quoted(filler)}`,
          ]);
          const text = [`id${mark}text`, ...lines].join(end);
          const [items] = await chunked(text, 'csv', 4099);
          const whole = csvSource('x', streamOf(new TextEncoder().encode(text), 1 << 30), COLUMNS);
          expect(items).toEqual(await Array.fromAsync(whole));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives each row once where rows are larger than a chunk', async () => {
    const rows = Array.from({ length: 6 }, (_, i) =>
      JSON.stringify({ id: `d${i}`, text: 'x'.repeat(i % 2 === 0 ? 10 : 1_500_000) }),
    );
    const [items, chunks] = await chunked(rows.join('\n'), 'ndjson', 100_000);
    expect(items.map((item) => (item.kind === 'document' ? item.id : item.kind))).toEqual([
      'd0',
      'd1',
      'd2',
      'd3',
      'd4',
      'd5',
    ]);
    expect(chunks).toBeGreaterThan(2);
  });

  it('passes over a row that no document can be, and tells which', async () => {
    const rows = ['{"id":"a","text":"x"}', 'y'.repeat(49 * MEGABYTE), '{"id":"b","text":"z"}'];
    const [items] = await chunked(rows.join('\n'), 'ndjson', MEGABYTE);
    expect(items).toMatchObject([
      { id: 'a' },
      { kind: 'error', code: 'too-large', place: { entry: '2' } },
      { id: 'b', place: { entry: '3' } },
    ]);
  });

  it('fills buffers again that came back, and those alone', async () => {
    const rows = Array.from({ length: 4000 }, (_, i) =>
      JSON.stringify({ id: `d${i}`, text: `${i} ${filler.slice(0, 3000)}` }),
    );
    const bytes = new TextEncoder().encode(rows.join('\n'));
    const buffers = new ChunkBuffers();
    const seen = new Set<ArrayBuffer>();
    const kept: { bytes: Uint8Array; copy: Uint8Array }[] = [];
    const ids: string[] = [];
    for await (const chunk of rowChunks('x', 'ndjson', streamOf(bytes, 100_000), buffers)) {
      if (chunk.kind !== 'rows') throw new Error(chunk.kind);
      const items = await Array.fromAsync(documentsOf(chunk, COLUMNS));
      ids.push(...items.map((item) => (item.kind === 'document' ? item.id : item.kind)));
      seen.add(chunk.bytes.buffer);
      if (kept.length < 2) kept.push({ bytes: chunk.bytes, copy: chunk.bytes.slice() });
      else buffers.giveBack([chunk.bytes.buffer]);
    }
    expect(ids).toEqual(rows.map((_, i) => `d${i}`));
    // Twelve chunks: two that were kept, one that is filled while another is read.
    expect(seen.size).toBe(4);
    for (const { bytes: held, copy } of kept) expect(held).toEqual(copy);
  });
});
