import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { failure, LARGEST_DOCUMENT, tooLarge, type ByteStream, type SourceItem } from '../../audit/source.ts';
import { looksLikeMarkup } from '../../audit/sources/records.ts';

export interface CsvColumns {
  /** Columns to check; where empty, those of the usual names. */
  readonly text: readonly string[];
  readonly id?: string;
}

/** A header has no more. */
const HEADER_BYTES = 64 * 1024;

const USUAL = [
  'text',
  'content',
  'body',
  'html',
  'title',
  'post_content',
  'post_title',
  'message',
  'comment',
  'description',
];

/**
 * The named columns of a CSV file with a header line; comma, semicolon or tab, whichever is in its header. `rowsBefore`: of the file, where
 * these bytes are its header and a part of it.
 */
export async function* csvSource(
  source: string,
  bytes: ByteStream,
  columns: CsvColumns,
  rowsBefore = 0,
): AsyncGenerator<SourceItem> {
  const options = { columns: true, bom: true, relax_column_count: true, max_record_size: LARGEST_DOCUMENT };
  const { delimiter, whole } = await openHeader(bytes);
  const parser = Readable.from(whole).pipe(parse({ ...options, delimiter }));
  let row = rowsBefore;
  let fields: readonly string[] | null = null;
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      row++;
      fields ??= fieldsOf(record, columns);
      if (fields.length === 0) {
        yield noColumn(source, record, columns);
        return;
      }
      for (const field of fields) yield* itemOf(source, row, field, record, columns.id);
    }
  } catch (error) {
    const detail = `after row ${row}: ${error instanceof Error ? error.message : String(error)}`;
    yield failure({ source, entry: String(row + 1) }, 'invalid-csv', detail);
  }
}

/** The commonest of comma, semicolon and tab in the first line of a CSV file, outside of quotes; a comma where there is none. */
export function delimiterOf(text: string): string {
  const [header = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n|\r/, 1);
  const counts = [',', ';', '\t'].map((mark) => [header.split(mark).length, mark] as const);
  return counts.reduce((most, one) => (one[0] > most[0] ? one : most))[1];
}

/** Looks at the start of a stream, and gives all of it. */
async function openHeader(bytes: ByteStream): Promise<{ delimiter: string; whole: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first = await iterator.next();
  const start = first.done === true ? new Uint8Array() : first.value;
  const whole = (async function* () {
    yield start;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  return { delimiter: delimiterOf(new TextDecoder().decode(start.subarray(0, HEADER_BYTES))), whole };
}

function fieldsOf(record: Record<string, string>, { text }: CsvColumns): string[] {
  return (text.length > 0 ? text : USUAL).filter((name) => name in record);
}

function noColumn(source: string, record: Record<string, string>, { text }: CsvColumns): SourceItem {
  const wanted = text.length > 0 ? text.join(', ') : 'a usual name';
  const there = Object.keys(record).join(', ');
  return failure(
    { source },
    'no-column',
    `${source} has no column of ${wanted}; it has ${there}; name one by --column`,
  );
}

function* itemOf(
  source: string,
  row: number,
  field: string,
  record: Record<string, string>,
  idColumn = 'id',
): Generator<SourceItem> {
  const content = record[field] ?? '';
  const place = { source, entry: String(row), field };
  if (content.trim() === '') return;
  if (content.length > LARGEST_DOCUMENT) {
    yield tooLarge(place);
    return;
  }
  const id = record[idColumn] ?? `row ${row}`;
  yield { kind: 'document', id, place, contentType: looksLikeMarkup(content) ? 'text/html' : 'text/plain', content };
}
