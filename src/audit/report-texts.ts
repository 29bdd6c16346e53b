import type { KnownFinding } from './baseline.ts';
import { isOpen, type Finding } from './finding.ts';
import { CSV_HEADER, csvLeftOut, csvRow, MOST_CSV_ROWS } from './report-csv.ts';
import { htmlFinding, type HtmlFinding } from './report-html.ts';
import { junitCase, junitReport, MOST_JUNIT_CASES, type JunitFigures } from './report-junit.ts';
import { MOST_MARKDOWN_FINDINGS } from './report-markdown.ts';
import {
  MOST_SARIF_BYTES,
  MOST_SARIF_RESULTS,
  sarifAbsent,
  sarifBoilerplate,
  sarifHead,
  sarifResult,
  sarifTail,
} from './report-sarif.ts';
import { VERSION } from '../version.ts';
import { writeText, type OpenText, type TextSink } from './text-sink.ts';

/**
 * The reports that get finding after finding: CSV and SARIF are written as they come, JUnit and what pages show are kept (their
 * limits bound it). Each says in itself how many it left out.
 */
export class ReportTexts {
  readonly #open: OpenText;
  readonly #order: ReadonlyMap<number, number>;
  readonly #csv: TextSink;
  readonly #sarif: TextSink;
  readonly #cases: string[] = [];
  readonly #shown: (readonly [number, HtmlFinding])[] = [];
  readonly #readable: (readonly [number, Finding])[] = [];
  #csvRows = 0;
  #csvLeftOut = 0;
  #results = 0;
  #resultsLeftOut = 0;
  #failed = 0;
  #casesLeftOut = 0;

  /** `order`: the findings that report.html shows, by their numbers, each with its place in it. */
  constructor(open: OpenText, order: ReadonlyMap<number, number>) {
    this.#open = open;
    this.#order = order;
    this.#csv = open('report.csv');
    this.#sarif = open('report.sarif');
  }

  async add(finding: Finding, number: number): Promise<void> {
    await this.#addRow(finding);
    await this.#addResult(() => sarifResult(finding));
    this.#addCase(finding);
    const order = this.#order.get(number);
    if (order === undefined) return;
    this.#shown.push([order, htmlFinding(finding)]);
    if (order < MOST_MARKDOWN_FINDINGS) this.#readable.push([order, finding]);
  }

  /** The first of its line stands for all of them, but in the CSV file. */
  async addBoilerplate(finding: Finding, isFirst: boolean): Promise<void> {
    await this.#addRow(finding);
    if (!isFirst) return;
    await this.#addResult(() => sarifBoilerplate(finding));
    this.#addCase(finding);
  }

  async addGone(finding: KnownFinding): Promise<void> {
    await this.#addResult(() => sarifAbsent(finding));
  }

  /** What the page shows, most urgent first. */
  get shown(): readonly HtmlFinding[] {
    return this.#shown.toSorted(([a], [b]) => a - b).map(([, finding]) => finding);
  }

  /** What the summary for a pull request shows. */
  get readable(): readonly Finding[] {
    return this.#readable.toSorted(([a], [b]) => a - b).map(([, finding]) => finding);
  }

  /** Ends the files; returns how many each left out. */
  async close(
    figures: Pick<JunitFigures, 'documents' | 'errors' | 'seconds'>,
    gone: number,
  ): Promise<Record<string, number>> {
    if (this.#csvRows === 0) await this.#csv.write(CSV_HEADER);
    if (this.#csvLeftOut > 0) await this.#csv.write(csvLeftOut(this.#csvLeftOut));
    if (this.#results === 0) await this.#sarif.write(sarifHead(VERSION));
    await this.#sarif.write(sarifTail(this.#resultsLeftOut));
    await Promise.all([this.#csv.close(), this.#sarif.close()]);
    const junit = junitReport(this.#cases, this.#failed, { ...figures, gone, leftOut: this.#casesLeftOut });
    await writeText(this.#open, 'report.junit.xml', junit);
    return {
      'report.csv': this.#csvLeftOut,
      'report.sarif': this.#resultsLeftOut,
      'report.junit.xml': this.#casesLeftOut,
    };
  }

  async #addRow(finding: Finding): Promise<void> {
    if (this.#csvRows === MOST_CSV_ROWS) {
      this.#csvLeftOut++;
      return;
    }
    await this.#csv.write(`${this.#csvRows === 0 ? CSV_HEADER : ''}${csvRow(finding)}`);
    this.#csvRows++;
  }

  async #addResult(make: () => object): Promise<void> {
    if (this.#results === MOST_SARIF_RESULTS || this.#sarif.bytes > MOST_SARIF_BYTES) {
      this.#resultsLeftOut++;
      return;
    }
    await this.#sarif.write(`${this.#results === 0 ? sarifHead(VERSION) : ',\n'}${JSON.stringify(make())}`);
    this.#results++;
  }

  #addCase(finding: Finding): void {
    if (this.#cases.length === MOST_JUNIT_CASES) {
      this.#casesLeftOut++;
      return;
    }
    this.#cases.push(junitCase(finding));
    if (isOpen(finding)) this.#failed++;
  }
}
