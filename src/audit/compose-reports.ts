import type { Baseline } from './baseline.ts';
import { BoilerplateLines } from './boilerplate.ts';
import { isOpen, type Finding } from './finding.ts';
import type { FindingRow } from './finding-row.ts';
import { FirstReading, type Gathered } from './first-reading.ts';
import { htmlReport, MOST_HTML_FINDINGS } from './report-html.ts';
import { markdownReport } from './report-markdown.ts';
import { headline, type ReportSummary } from './report-summary.ts';
import type { Suppression } from './suppressions.ts';
import { Timeline } from './timeline.ts';
import type { EngineStamp } from '../verdict/verdict.ts';
import { ReportTexts } from './report-texts.ts';
import { writeText, type OpenText } from './text-sink.ts';

/** What findings are held against. */
export interface Judgement {
  readonly baseline: Baseline | null;
  readonly suppressions: ReadonlyMap<string, Suppression>;
}

/** What a run came to, beside its findings. */
export interface RunFigures {
  readonly documents: number;
  readonly flagged: number;
  readonly spans: number;
  readonly errors: number;
  readonly skipped: number;
  readonly seconds: number;
  /** False where the run was interrupted. */
  readonly complete: boolean;
  readonly engine: EngineStamp;
}

/** What the second reading knows besides. */
interface Told {
  readonly boilerplate: BoilerplateLines;
  readonly timeline: Timeline;
  certain: number;
  open: number;
  suppressed: number;
}

/** Of what is gone, as much as pages for people show. */
const GONE_SHOWN = 100;

/** What reports are made of, and where they go. */
export interface Composition {
  /** What a first reading of the rows has found. */
  readonly reading: FirstReading;
  /** The rows again, in the same order. */
  readonly rows: AsyncIterable<FindingRow>;
  readonly figures: RunFigures;
  readonly judgement: Judgement;
  readonly open: OpenText;
}

/**
 * Writes campaigns.json, boilerplate.json, report.csv, report.sarif, report.junit.xml, report.md, report.html and, last, summary.json.
 * Memory is that of the first reading, and what the pages show. Returns what summary.json says; `open` are the
 * findings that are neither suppressed, nor in the baseline, nor boilerplate.
 */
export async function composeReports(
  composition: Composition,
): Promise<Readonly<Record<string, unknown>> & { readonly open: number; readonly headline: string }> {
  const { reading, rows, figures, judgement, open: openText } = composition;
  const gathered = reading.finish(figures.documents, (fingerprint) => isKnown(fingerprint, judgement));
  const texts = new ReportTexts(openText, gathered.order);
  const told = await tell(rows, gathered, judgement, texts);
  const { baseline } = judgement;
  for (const finding of baseline?.gone() ?? []) await texts.addGone(finding);
  const summary = summaryOf(figures, gathered, told, judgement);
  const leftOut = await texts.close(figures, baseline?.counts().gone ?? 0);
  const missing = Math.max(0, figures.spans - told.boilerplate.spans - MOST_HTML_FINDINGS);
  await writeText(openText, 'report.html', htmlReport(summary, texts.shown, missing));
  await writeText(openText, 'report.md', markdownReport(summary, texts.readable));
  await writeText(openText, 'campaigns.json', jsonOf(summary.campaigns));
  await writeText(openText, 'boilerplate.json', jsonOf(summary.boilerplate));
  const { certain, open, suppressed, boilerplateSpans: spans, campaignCount: campaigns } = summary;
  const said = {
    headline: headline(summary),
    ...figures,
    campaigns,
    certain,
    open,
    boilerplate: { lines: summary.boilerplate.length, spans },
    leftOut: { 'report.html': missing, ...leftOut, 'campaigns.json': campaigns - summary.campaigns.length },
    suppressed,
    expiredSuppressions: summary.suppressions.filter(({ expired }) => expired),
    ...(baseline === null ? {} : { baseline: baseline.counts() }),
  };
  await writeText(openText, 'summary.json', jsonOf(said));
  return said;
}

function isKnown(fingerprint: string, { baseline, suppressions }: Judgement): boolean {
  return baseline?.seenOn(fingerprint) !== undefined || suppressions.get(fingerprint)?.expired === false;
}

async function tell(
  rows: AsyncIterable<FindingRow>,
  gathered: Gathered,
  judgement: Judgement,
  texts: ReportTexts,
): Promise<Told> {
  const told: Told = {
    boilerplate: new BoilerplateLines(),
    timeline: new Timeline(),
    certain: 0,
    open: 0,
    suppressed: 0,
  };
  const today = new Date().toISOString().slice(0, 10);
  let number = 0;
  for await (const row of rows) {
    told.timeline.add(row.lastModified);
    for (const span of row.spans) {
      const finding = findingOf(row, span, number, gathered, judgement);
      if (finding.boilerplate) {
        const isFirst = told.boilerplate.add(finding, gathered.repeats.lineOf(number));
        await texts.addBoilerplate(finding, isFirst);
      } else {
        count(told, finding);
        const firstRun = judgement.baseline?.seenOn(finding.fingerprint) ?? today;
        const { lastModified } = row;
        const dated = lastModified === undefined ? {} : { documentDay: lastModified };
        gathered.finder.describe(number, row, span, { ...dated, firstRun, lastRun: today });
        await texts.add(finding, number);
      }
      number++;
    }
  }
  return told;
}

function findingOf(
  row: FindingRow,
  span: Finding['span'],
  number: number,
  { finder, repeats, isBoilerplate, fingerprints }: Gathered,
  { baseline, suppressions }: Judgement,
): Finding {
  const fingerprint = fingerprints[number];
  const suppression = suppressions.get(fingerprint);
  const boilerplate = isBoilerplate(number);
  return {
    row,
    span,
    campaign: boilerplate ? '' : finder.idOf(number),
    fingerprint,
    state: baseline?.stateOf(fingerprint) ?? null,
    suppression: suppression === undefined || suppression.expired ? null : suppression,
    pages: repeats.pagesOf(number),
    boilerplate,
  };
}

function count(told: Told, finding: Finding): void {
  if (finding.span.action === 'remove') told.certain++;
  if (finding.suppression !== null) told.suppressed++;
  if (isOpen(finding)) told.open++;
}

function summaryOf(
  figures: RunFigures,
  { finder, campaignCount }: Gathered,
  { boilerplate, timeline, certain, open, suppressed }: Told,
  { baseline, suppressions }: Judgement,
): ReportSummary {
  return {
    ...figures,
    certain,
    open,
    suppressed,
    baseline: baseline?.counts() ?? null,
    gone: [...(baseline?.gone() ?? [])].slice(0, GONE_SHOWN),
    campaignCount,
    campaigns: finder.campaigns(),
    boilerplate: boilerplate.list(),
    boilerplateSpans: boilerplate.spans,
    timeline: timeline.days(),
    suppressions: [...suppressions.values()],
  };
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
