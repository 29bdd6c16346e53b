import type { SourceItem } from '../../audit/source.ts';
import { ndjsonItems } from '../../audit/sources/ndjson.ts';
import { csvSource, type CsvColumns } from './csv-source.ts';
import { fileItem } from './files-source.ts';
import type { RowChunk, WorkItem } from './work-item.ts';

/** The documents of an item: rows are parsed, a file is read. */
export async function* documentsOf(item: WorkItem, columns: CsvColumns): AsyncGenerator<SourceItem> {
  if (item.kind === 'rows') yield* rowsOf(item, columns);
  else yield item.kind === 'file' ? await fileItem(item.place.source) : item;
}

function rowsOf(chunk: RowChunk, columns: CsvColumns): Iterable<SourceItem> | AsyncIterable<SourceItem> {
  const { format, place, bytes, rowsBefore, header } = chunk;
  if (format === 'ndjson') return ndjsonItems(place.source, bytes, rowsBefore);
  if (header.length === 0) return csvSource(place.source, streamOf([bytes]), columns);
  // The header is no row of the table.
  return csvSource(place.source, streamOf([header, bytes]), columns, rowsBefore - 1);
}

async function* streamOf(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(part);
}
