import { CampaignFinder } from './campaigns.ts';
import type { FindingRow } from './finding-row.ts';
import { OrderedFindings } from './ordered-findings.ts';
import { RepeatFinder } from './repeats.ts';
import { MOST_HTML_FINDINGS } from './report-html.ts';

/** What has to be known of all findings before one is told. */
export interface Gathered {
  readonly finder: CampaignFinder;
  readonly repeats: RepeatFinder;
  readonly isBoilerplate: (number: number) => boolean;
  readonly order: ReadonlyMap<number, number>;
  /** By the number of the span: making them twice would take a second for 100,000. */
  readonly fingerprints: readonly string[];
  readonly campaignCount: number;
}

/**
 * The first reading of the findings: each row as it is found, in the order of findings.ndjson. While rows are checked it costs what two cores
 * do beside each other; after them, one core a fourth of the time of the reports. Memory: a sketch, a fingerprint and a few numbers a span.
 */
export class FirstReading {
  readonly #finder = new CampaignFinder();
  readonly #repeats = new RepeatFinder();
  readonly #logOdds: number[] = [];
  readonly #fingerprints: string[] = [];

  /** `fingerprints` of the spans of the row. */
  add(row: FindingRow, fingerprints: readonly string[]): void {
    this.#finder.add(row);
    this.#repeats.add(row);
    for (const { logOdds } of row.spans) this.#logOdds.push(logOdds);
    this.#fingerprints.push(...fingerprints);
  }

  /** Once all rows are there. `documents`: how many the audit read. `isKnown`: whether a finding is in the baseline or suppressed. */
  finish(documents: number, isKnown: (fingerprint: string) => boolean): Gathered {
    const isBoilerplate = (number: number): boolean => this.#repeats.isBoilerplate(number, documents);
    const ordered = new OrderedFindings();
    for (const [number, fingerprint] of this.#fingerprints.entries()) {
      const open = !isKnown(fingerprint);
      const pages = this.#repeats.pagesOf(number);
      ordered.add(this.#logOdds[number], { pages, boilerplate: isBoilerplate(number), open });
    }
    const campaignCount = this.#finder.rank(isBoilerplate);
    return {
      finder: this.#finder,
      repeats: this.#repeats,
      isBoilerplate,
      order: ordered.first(MOST_HTML_FINDINGS),
      fingerprints: this.#fingerprints,
      campaignCount,
    };
  }
}
