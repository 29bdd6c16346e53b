import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownFinding } from '../../audit/baseline.ts';
import { composeReports, type Judgement, type RunFigures } from '../../audit/compose-reports.ts';
import type { FindingRow } from '../../audit/finding-row.ts';
import { FirstReading } from '../../audit/first-reading.ts';
import { placeName } from '../../audit/source.ts';
import { linesOfBytes } from '../../audit/sources/records.ts';
import { fingerprintOf } from './fingerprint.ts';
import { openFile } from './open-file.ts';
import { TextFile } from './text-file.ts';

export type { Judgement, RunFigures };

/** Of the start of a span: what tells it to a person. */
const KNOWN_TEXT = 200;

/** The first reading of what a folder holds; empty where it holds nothing. */
export async function readFirst(folder: string): Promise<FirstReading> {
  const reading = new FirstReading();
  for await (const row of findingRows(join(folder, 'findings.ndjson'))) addTo(reading, row);
  return reading;
}

/** As `FirstReading.add`, with the fingerprints of the row. */
export function addTo(reading: FirstReading, row: FindingRow): void {
  reading.add(
    row,
    row.spans.map((span) => fingerprintOf(row, span)),
  );
}

/**
 * Writes all reports beside findings.ndjson (`composeReports` names them), all rows of which are in the first reading. Returns how many findings are
 * open (neither suppressed, nor in the baseline, nor boilerplate), and what an owner wants to know first.
 */
export async function writeReports(
  folder: string,
  figures: RunFigures,
  judgement: Judgement,
  reading: FirstReading,
): Promise<{ readonly open: number; readonly headline: string }> {
  return await composeReports({
    reading,
    rows: findingRows(join(folder, 'findings.ndjson')),
    figures,
    judgement,
    open: (name) => new TextFile(join(folder, name)),
  });
}

/** The spans of an earlier run; its day is that of its findings.ndjson. Memory: what reports name of each. */
export async function fingerprintsIn(path: string): Promise<KnownFinding[]> {
  const seen = statSync(path).mtime.toISOString().slice(0, 10);
  const findings: KnownFinding[] = [];
  for await (const row of findingRows(path)) {
    const place = placeName(row.place);
    for (const span of row.spans) {
      const { category, text } = span;
      findings.push({ fingerprint: fingerprintOf(row, span), place, category, text: text.slice(0, KNOWN_TEXT), seen });
    }
  }
  return findings;
}

async function* findingRows(path: string): AsyncGenerator<FindingRow> {
  for await (const line of linesOfBytes(openFile(path))) {
    if (line !== null && line !== '') yield JSON.parse(line) as FindingRow;
  }
}
