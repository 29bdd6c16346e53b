import type { NewSample } from '../sample.ts';
import { rowError, sampleRow, sourceOf, type ImportOptions, type SampleRow } from './row.ts';
import { sourceLines, tooLong, type TextSource } from './text-lines.ts';

/** Reads samples as JSON, one a line; blank lines count for nothing but the number of the line. */
export async function* samplesOfNdjson(source: TextSource, options: ImportOptions = {}): AsyncGenerator<SampleRow> {
  for await (const { place, value, error } of jsonRows(source, sourceOf(options))) {
    yield error === undefined ? sampleRow(value, place, options.defaults) : rowError(place, error);
  }
}

/** A sample as one line with its line feed; what is read back is equal, lone surrogates included. */
export function ndjsonOfSample(sample: NewSample): string {
  const { text, label, category, language, origin, author, site, documentId, verdictId, span } = sample;
  const row = { text, label, category, language, origin, author, site, documentId, verdictId, span };
  return `${JSON.stringify(row)}\n`;
}

/** A line of JSON, or why it is none. */
export interface JsonRow {
  readonly place: string;
  readonly value?: unknown;
  readonly error?: string;
}

export async function* jsonRows(source: TextSource, name: string): AsyncGenerator<JsonRow> {
  for await (const { n, text } of sourceLines(source)) {
    const place = `${name}:${n}`;
    if (text === null) yield { place, error: tooLong() };
    else if (text.trim() !== '') yield jsonRow(text, place);
  }
}

export function jsonRow(text: string, place: string): JsonRow {
  try {
    return { place, value: JSON.parse(text) };
  } catch {
    return { place, error: 'no JSON; give one whole object a line' };
  }
}
