import { checkSample, SampleError, type NewSample, type SampleDefaults } from '../sample.ts';

/** A row that gave no sample. `place` is the source and the line or message in it; `detail` says what is wrong and what to do. */
export interface RowError {
  readonly error: { readonly place: string; readonly detail: string };
}

/** What an import gives, one a row, in order: a bad row never ends it. */
export type SampleRow = NewSample | RowError;

export interface ImportOptions {
  /** Names the source in places, usually its file name. */
  readonly source?: string;
  /** What rows that do not say are given: site, author, language … */
  readonly defaults?: SampleDefaults;
}

export const sourceOf = ({ source = 'import' }: ImportOptions): string => source;

export function rowError(place: string, detail: string): RowError {
  return { error: { place, detail } };
}

/** `checkSample`, with a bad sample as an error row. */
export function sampleRow(value: unknown, place: string, defaults: SampleDefaults = {}): SampleRow {
  try {
    return checkSample(value, place, defaults);
  } catch (error) {
    if (error instanceof SampleError) return rowError(error.place, error.detail);
    throw error;
  }
}
