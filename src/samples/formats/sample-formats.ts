import type { NewSample } from '../sample.ts';
import { commentOfSample, samplesOfComments } from './akismet.ts';
import { CSV_HEADER, csvOfSample, samplesOfCsv, type CsvOptions } from './csv.ts';
import { fastTextOfSample, samplesOfFastText } from './fast-text.ts';
import { ndjsonOfSample, samplesOfNdjson } from './ndjson.ts';
import type { SampleRow } from './row.ts';
import type { TextSource } from './text-lines.ts';

/** A way to write samples as text. `header` goes before the first sample, also where there is none. */
export interface SampleFormat {
  readonly mediaType: string;
  readonly header: string;
  read(source: TextSource, options?: CsvOptions): AsyncGenerator<SampleRow>;
  write(sample: NewSample): string;
}

export type TextFormat = 'ndjson' | 'csv' | 'akismet' | 'fasttext';

/**
 * The formats that are text. Mail is bytes (`mail/samples-of-mail.ts`), and `natural`'s classifiers are one JSON object (`natural.ts`).
 * Only NDJSON keeps everything.
 */
export const TEXT_FORMATS: Readonly<Record<TextFormat, SampleFormat>> = {
  ndjson: { mediaType: 'application/x-ndjson', header: '', read: samplesOfNdjson, write: ndjsonOfSample },
  csv: { mediaType: 'text/csv', header: CSV_HEADER, read: samplesOfCsv, write: csvOfSample },
  akismet: { mediaType: 'application/x-ndjson', header: '', read: samplesOfComments, write: commentOfSample },
  fasttext: { mediaType: 'text/plain', header: '', read: samplesOfFastText, write: fastTextOfSample },
};

/** Samples as text, a piece each. */
export async function* writeSamples(
  format: SampleFormat,
  samples: Iterable<NewSample> | AsyncIterable<NewSample>,
): AsyncGenerator<string> {
  if (format.header !== '') yield format.header;
  for await (const sample of samples) yield format.write(sample);
}
