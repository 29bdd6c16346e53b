import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FindingRow } from '../../../audit/finding-row.ts';
import { decodeBytes } from '../../charset.ts';
import { withoutCuts, type ByteCut } from './byte-cut.ts';
import type { CleanContent } from './clean-content.ts';
import { csvRecords, csvText } from './csv-text.ts';
import { digestOf } from './digest.ts';
import { CHANGED, waits, type Left, type SourceFindings, type SourceFix } from './fix.ts';
import { jsonText } from './json-text.ts';
import { cutsOf, located, type LocatedText } from './located-text.ts';

export type RecordKind = 'whole' | 'ndjson' | 'csv';

/** Read into memory at once, inflated; above it the export is cleaned where it came from, or audited in parts. */
export const LARGEST_FILE = 512 * 1024 * 1024;

/** Cuts what was found out of a file's own bytes, so that every other byte stays as it is. */
export function fixBytes(path: string, rows: SourceFindings, kind: RecordKind, clean: CleanContent): SourceFix {
  const file = fileOf(path);
  if (file === null) {
    const reason = `the file has more than ${LARGEST_FILE / 1024 / 1024} MB; split it, audit and fix the parts`;
    return { left: rows.map(({ place }) => ({ place, reason })), units: 0 };
  }
  const left: Left[] = [];
  const cuts: ByteCut[] = [];
  let units = 0;
  for (const [row, text] of locatedRows(file.bytes, rows, kind)) {
    const found = text === null ? CHANGED : cutsOfRow(file.bytes, row, text, kind, clean);
    if (typeof found === 'string') left.push({ place: row.place, reason: found });
    else {
      if (found.waiting > 0) left.push({ place: row.place, reason: waits(found.waiting) });
      cuts.push(...found.cuts);
      units += found.units;
    }
  }
  if (cuts.length === 0) return { left, units };
  const inOrder = cuts.toSorted((a, b) => a.at - b.at);
  const fixed = withoutCuts(file.bytes, inOrder);
  const stage = (to: string): void => writeFileSync(to, file.zipped ? gzipSync(fixed) : fixed);
  return { left, units, file: { before: file.digest, cuts: inOrder, stage } };
}

function fileOf(path: string): { bytes: Buffer; zipped: boolean; digest: string } | null {
  if (statSync(path).size > LARGEST_FILE) return null;
  const read = readFileSync(path);
  const digest = digestOf(read);
  if (!/\.gz$/i.test(path)) return { bytes: read, zipped: false, digest };
  try {
    return { bytes: gunzipSync(read, { maxOutputLength: LARGEST_FILE }), zipped: true, digest };
  } catch (error) {
    if (error instanceof RangeError) return null;
    return { bytes: Buffer.alloc(0), zipped: true, digest };
  }
}

function cutsOfRow(file: Buffer, row: FindingRow, text: LocatedText, kind: RecordKind, clean: CleanContent) {
  const digest = digestOf(kind === 'whole' ? file : text.text);
  if (digest !== row.digest) return CHANGED;
  const { content, waiting } = clean(row, text.text);
  return { cuts: cutsOf(file, text, content), units: text.text.length - content.length, waiting };
}

type LocatedRow = readonly [FindingRow, LocatedText | null];

function locatedRows(file: Buffer, rows: SourceFindings, kind: RecordKind): Iterable<LocatedRow> {
  if (kind === 'whole') return rows.map((row) => [row, orNull(() => wholeText(file, row))] as const);
  return kind === 'csv' ? csvRows(file, rows) : lineRows(file, rows);
}

function wholeText(file: Buffer, { place, digest }: FindingRow): LocatedText | null {
  // Decoding takes the longest of all, and a changed file may be anything.
  if (digestOf(file) !== digest) return null;
  const { text, encoding } = decodeBytes(file, place.source);
  const found = located(file, encoding);
  return found.text === text ? found : null;
}

function* csvRows(file: Buffer, rows: SourceFindings): Generator<LocatedRow> {
  const byRow = Map.groupBy(rows, ({ place }) => Number(place.entry));
  let names: readonly string[] = [];
  let number = 0;
  for (const record of csvRecords(file)) {
    if (number === 0) names = record.map((field) => csvText(file, field).text);
    for (const row of byRow.get(number) ?? []) {
      const field = record[names.indexOf(row.place.field ?? '')];
      yield [row, field === undefined ? null : orNull(() => csvText(file, field))];
    }
    byRow.delete(number++);
  }
  for (const row of [...byRow.values()].flat()) yield [row, null];
}

const LINE_FEED = 0x0a;

function* lineRows(file: Buffer, rows: SourceFindings): Generator<LocatedRow> {
  const byRow = Map.groupBy(rows, ({ place }) => Number(place.entry));
  let start = 0;
  for (let number = 1; start < file.length; number++) {
    const next = file.indexOf(LINE_FEED, start);
    const end = next === -1 ? file.length : next;
    for (const row of byRow.get(number) ?? []) {
      const line = file.subarray(start, end);
      const key = row.place.field?.slice(1) ?? '';
      const from = start;
      yield [row, orNull(() => jsonText(located(line, 'utf-8', from), key))];
    }
    byRow.delete(number);
    start = end + 1;
  }
  for (const row of [...byRow.values()].flat()) yield [row, null];
}

/** What cannot be decoded or parsed any more is not what the audit saw. */
function orNull(read: () => LocatedText | null): LocatedText | null {
  try {
    return read();
  } catch {
    return null;
  }
}
