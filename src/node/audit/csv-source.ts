import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { failure, LARGEST_DOCUMENT, tooLarge, type ByteStream, type SourceItem } from '../../audit/source.ts';
import { looksLikeMarkup } from '../../audit/sources/records.ts';

export interface CsvColumns {
  /** Columns to check; where empty, those of the usual names. */
  readonly text: readonly string[];
  readonly id?: string;
}

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

/** The named columns of a CSV file with a header line; comma, semicolon or tab, whichever the file uses. */
export async function* csvSource(source: string, bytes: ByteStream, columns: CsvColumns): AsyncGenerator<SourceItem> {
  const options = { columns: true, bom: true, relax_column_count: true, max_record_size: LARGEST_DOCUMENT };
  const parser = Readable.from(bytes).pipe(parse({ ...options, delimiter: [',', ';', '\t'] }));
  let row = 0;
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
