import type { BaselineState } from './baseline.ts';
import type { FindingRow, FoundSpan } from './finding-row.ts';
import type { Suppression } from './suppressions.ts';

/** One span with all that an audit knows of it beyond its document: what the reports are made of. */
export interface Finding {
  readonly row: FindingRow;
  readonly span: FoundSpan;
  /** Empty for boilerplate, which is no campaign. */
  readonly campaign: string;
  readonly fingerprint: string;
  /** `null` without a baseline. */
  readonly state: BaselineState | null;
  /** One that still holds. */
  readonly suppression: Suppression | null;
  /** Documents of the audit with the same line, numbers aside; 1 where it stands alone. */
  readonly pages: number;
  /** A line of the site itself, found below certainty on many pages: reported once. */
  readonly boilerplate: boolean;
}

/** Nats for each doubling of the pages. Chosen, not fitted: it orders findings and decides nothing. */
const PER_DOUBLING = 1;
/** Beyond 256 pages a line is no more suspicious. */
const MOST_NATS = 8;

/** What repetition over pages adds to the order of a finding; the reason `repeated` of the reports, no part of P(spam). */
export function repeatedWeight({ pages, boilerplate }: Pick<Finding, 'pages' | 'boilerplate'>): number {
  return boilerplate ? 0 : Math.min(MOST_NATS, PER_DOUBLING * Math.log2(pages));
}

/** Whether a person has still something to do about it. */
export function isOpen({ state, suppression, boilerplate }: Finding): boolean {
  return suppression === null && state !== 'unchanged' && !boilerplate;
}

/** The reasons as a line of text; `repeated` stands behind the others, which sum to the log-odds. */
export function reasonsText({ span, pages, boilerplate }: Finding): string {
  const repeated = repeatedWeight({ pages, boilerplate });
  const reasons =
    repeated > 0 ? [...span.reasons, { code: `repeated (${pages} pages)`, weight: repeated }] : span.reasons;
  return reasons
    .map(({ code, weight }) => `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)} ${code}`)
    .join(', ');
}
