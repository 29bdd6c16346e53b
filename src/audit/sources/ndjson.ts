import { failure, tooLarge, type AuditSource, type ByteStream, type ContentType, type SourceItem } from '../source.ts';
import { linesIn, linesOfBytes } from './records.ts';

const CONTENT_TYPES: readonly ContentType[] = ['text/plain', 'text/html', 'text/markdown'];

/** Rows `{"id", "text", "contentType"?, "lastModified"?}`, one a line; empty lines do not count as documents. */
export async function* ndjsonSource(source: string, bytes: ByteStream): AuditSource & AsyncGenerator<SourceItem> {
  let row = 0;
  for await (const line of linesOfBytes(bytes)) yield* itemsOf(line, source, ++row);
}

/** Those of a part of a file that begins behind `rowsBefore` rows of it. */
export function* ndjsonItems(source: string, bytes: Uint8Array, rowsBefore: number): Generator<SourceItem> {
  let row = rowsBefore;
  for (const line of linesIn(bytes)) yield* itemsOf(line, source, ++row);
}

function* itemsOf(line: string | null, source: string, row: number): Generator<SourceItem> {
  if (line === null) yield tooLarge({ source, entry: String(row) });
  else if (line.trim() !== '') yield itemOf(line, source, row);
}

function itemOf(line: string, source: string, row: number): SourceItem {
  const place = { source, entry: String(row), field: '/text' };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return failure(place, 'invalid-json', `row ${row} is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof value !== 'object' || value === null) {
    return failure(place, 'invalid-row', `row ${row} is no object; rows are {"id", "text", "contentType"?}`);
  }
  const { id, text, contentType, lastModified } = value as Record<string, unknown>;
  if (typeof text !== 'string') return failure(place, 'invalid-row', `row ${row}: text must be a string`);
  const type =
    CONTENT_TYPES.find((known) => known === contentType) ?? (contentType === undefined ? 'text/plain' : null);
  if (type === null) {
    const given = JSON.stringify(contentType);
    return failure(place, 'invalid-row', `row ${row}: contentType ${given} is none of ${CONTENT_TYPES.join(', ')}`);
  }
  const name = typeof id === 'string' || typeof id === 'number' ? String(id) : `row ${row}`;
  const modified = typeof lastModified === 'string' ? { lastModified } : {};
  return { kind: 'document', id: name, place, contentType: type, content: text, ...modified };
}
