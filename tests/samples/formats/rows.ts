import fc from 'fast-check';
import type { SampleRow } from '../../../src/samples/formats/row.ts';
import { LONGEST_TEXT, type NewSample } from '../../../src/samples/sample.ts';
import { foldString } from '../../../src/text/fold.ts';

export const BARE = {
  category: null,
  language: null,
  origin: 'import',
  author: '',
  site: null,
  documentId: null,
  verdictId: null,
  span: null,
} as const;

export async function all<T>(rows: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

/** Label and text of each row, or the place of its error. */
export async function brief(rows: Iterable<SampleRow> | AsyncIterable<SampleRow>): Promise<string[]> {
  return (await all(rows)).map((row) => ('error' in row ? `! ${row.error.place}` : `${row.label} ${row.text}`));
}

/** Details of the error rows. */
export async function complaints(rows: Iterable<SampleRow> | AsyncIterable<SampleRow>): Promise<string[]> {
  return (await all(rows)).flatMap((row) => ('error' in row ? [row.error.detail] : []));
}

/** Texts of every kind of unit: NUL, lone surrogates, marks that formats use for themselves. */
export const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 40 }),
    fc.string({ unit: fc.constantFrom('"', "'", ',', ';', '\t', '\r', '\n', '=', '@', '-', ' ', 'a', '久', '\ufeff') }),
  )
  .filter((text) => text.length <= LONGEST_TEXT && foldString(text).trim() !== '');

const word = fc.option(fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text));

/** Samples as `checkSample` gives them. */
export const anySample: fc.Arbitrary<NewSample> = fc
  .record({
    text: anyText,
    label: fc.constantFrom<'legit' | 'spam'>('legit', 'spam'),
    category: fc.constantFrom<NewSample['category']>(null, 'adult', 'gambling'),
    language: fc.constantFrom(null, 'zh', 'pt-BR'),
    origin: fc.constantFrom<NewSample['origin']>('human', 'rule', 'import'),
    author: word.map((text) => text ?? ''),
    site: word,
    documentId: word,
    verdictId: word,
    span: fc.constantFrom(null, { start: 3, end: 9 }),
  })
  .map((sample) => (sample.label === 'legit' ? { ...sample, category: null } : sample));

/** A text with places to cut it at. */
export function cut(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
}
