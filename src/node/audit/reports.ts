import { createReadStream, createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Suppression } from '../../audit/suppressions.ts';
import type { Baseline } from '../../audit/baseline.ts';
import { CampaignFinder, type Campaign } from '../../audit/campaigns.ts';
import type { FindingRow } from '../../audit/finding-row.ts';
import { CSV_HEADER, csvRows } from '../../audit/report-csv.ts';
import { htmlFindings, htmlReport, MOST_HTML_FINDINGS } from '../../audit/report-html.ts';
import { MOST_SARIF_RESULTS, SARIF_TAIL, sarifHead, sarifResult } from '../../audit/report-sarif.ts';
import { fingerprintOf } from './fingerprint.ts';
import { linesOfBytes } from '../../audit/sources/records.ts';
import { VERSION } from '../../sieve.ts';
import type { EngineStamp } from '../../verdict/verdict.ts';
import type { Totals } from './journal.ts';

/** What findings are held against. */
export interface Judgement {
  readonly baseline: Baseline | null;
  readonly suppressions: ReadonlyMap<string, Suppression>;
}

export interface RunFigures extends Totals {
  readonly seconds: number;
  /** False where the run was interrupted. */
  readonly complete: boolean;
  readonly engine: EngineStamp;
}

/**
 * Writes campaigns.json, report.csv, report.sarif, report.html and summary.json beside findings.ndjson, which is read three
 * times: memory is a sketch a span, and what the page shows. Returns how many spans are open: neither suppressed nor in the
 * baseline.
 */
export async function writeReports(folder: string, figures: RunFigures, judgement: Judgement): Promise<number> {
  const rows = (): AsyncGenerator<FindingRow> => findingRows(join(folder, 'findings.ndjson'));
  const finder = new CampaignFinder();
  for await (const row of rows()) finder.add(row);
  const campaigns = await finder.summarise(rows());
  const { shown, open, suppressed } = await writeRows(folder, rows(), finder, figures, judgement);
  const { baseline } = judgement;
  const leftOut = Math.max(0, figures.spans - MOST_HTML_FINDINGS);
  writeFileSync(join(folder, 'report.html'), htmlReport({ ...figures, leftOut }, campaigns.slice(0, 1000), shown));
  writeJson(folder, 'campaigns.json', campaigns);
  writeJson(folder, 'summary.json', {
    ...summaryOf(figures, campaigns, leftOut),
    suppressed,
    ...(baseline === null ? {} : { baseline: baseline.counts() }),
  });
  return open;
}

function summaryOf(figures: RunFigures, campaigns: readonly Campaign[], leftOut: number): object {
  const sarif = Math.max(0, figures.spans - MOST_SARIF_RESULTS);
  return { ...figures, campaigns: campaigns.length, leftOut: { 'report.html': leftOut, 'report.sarif': sarif } };
}

/** Streams the CSV and SARIF files; returns what the page shows. */
async function writeRows(
  folder: string,
  rows: AsyncIterable<FindingRow>,
  finder: CampaignFinder,
  { spans }: RunFigures,
  { baseline, suppressions }: Judgement,
): Promise<{ shown: unknown[][]; open: number; suppressed: number }> {
  const csv = new TextFile(join(folder, 'report.csv'));
  const sarif = new TextFile(join(folder, 'report.sarif'));
  const shown: unknown[][] = [];
  await csv.write(CSV_HEADER);
  await sarif.write(sarifHead(VERSION, Math.max(0, spans - MOST_SARIF_RESULTS)));
  let number = 0;
  let open = 0;
  let suppressed = 0;
  for await (const row of rows) {
    const first = number;
    const campaignOf = (i: number): string => finder.idOf(first + i);
    const fingerprints = row.spans.map((span) => fingerprintOf(row, span));
    await csv.write(csvRows(row, campaignOf, fingerprints));
    for (const [i, span] of row.spans.entries()) {
      if (number < MOST_HTML_FINDINGS) shown.push(htmlFindings({ ...row, spans: [span] }, () => campaignOf(i))[0]);
      const fingerprint = fingerprints[i];
      const state = baseline?.stateOf(fingerprint) ?? null;
      const suppression = suppressions.get(fingerprint) ?? null;
      if (suppression !== null) suppressed++;
      else if (state !== 'unchanged') open++;
      if (number < MOST_SARIF_RESULTS) {
        const result = sarifResult(row, span, { campaign: campaignOf(i), fingerprint, state, suppression });
        await sarif.write(`${number === 0 ? '' : ',\n'}${result}`);
      }
      number++;
    }
  }
  await sarif.write(SARIF_TAIL);
  await Promise.all([csv.close(), sarif.close()]);
  return { shown, open, suppressed };
}

/** Fingerprints of the spans of an earlier run. */
export async function fingerprintsIn(path: string): Promise<string[]> {
  const fingerprints: string[] = [];
  for await (const row of findingRows(path)) {
    for (const span of row.spans) fingerprints.push(fingerprintOf(row, span));
  }
  return fingerprints;
}

async function* findingRows(path: string): AsyncGenerator<FindingRow> {
  for await (const line of linesOfBytes(createReadStream(path))) {
    if (line !== null && line !== '') yield JSON.parse(line) as FindingRow;
  }
}

function writeJson(folder: string, name: string, value: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

/** A file that is written as it comes, no faster than the disk takes it. */
class TextFile {
  readonly #stream;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
  }

  async write(text: string): Promise<void> {
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}
