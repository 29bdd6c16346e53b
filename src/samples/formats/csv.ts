import type { NewSample } from '../sample.ts';
import { cellOfText } from './csv-cell.ts';
import { tableRows } from './csv-table.ts';
import { labelOfWord } from './label-words.ts';
import { rowError, sampleRow, sourceOf, type ImportOptions, type SampleRow } from './row.ts';
import type { TextSource } from './text-lines.ts';

const FIELDS = ['text', 'label', 'category', 'language', 'author', 'site', 'documentId'] as const;
type Field = (typeof FIELDS)[number];

export interface CsvOptions extends ImportOptions {
  /** Names of columns where they are other than the fields', for instance `{ text: 'body' }`. */
  readonly columns?: Readonly<Partial<Record<Field, string>>>;
}

export const CSV_HEADER = `${FIELDS.join(',')}\r\n`;

/** Reads samples from CSV with a header; `text` and `label` (legit or ham, spam) must be there, empty cells say nothing. */
export async function* samplesOfCsv(source: TextSource, options: CsvOptions = {}): AsyncGenerator<SampleRow> {
  const column = (field: Field): string => options.columns?.[field] ?? field;
  for await (const { place, cells, error } of tableRows(source, sourceOf(options), [
    [column('text')],
    [column('label')],
  ])) {
    const value = Object.fromEntries(FIELDS.map((field) => [field, cellOf(field, cells.get(column(field)))]));
    yield error === undefined ? sampleRow(value, place, options.defaults) : rowError(place, error);
  }
}

function cellOf(field: Field, cell = ''): string | undefined {
  if (field === 'text') return cell;
  return field === 'label' ? (labelOfWord(cell) ?? cell) : cell.trim() || undefined;
}

/**
 * A sample as one line under `CSV_HEADER`. A spreadsheet takes no cell for a formula, and `samplesOfCsv` gives the same text back; origin,
 * verdict and span have no column.
 */
export function csvOfSample(sample: NewSample): string {
  return `${FIELDS.map((field) => cellOfText(sample[field] ?? '')).join(',')}\r\n`;
}
