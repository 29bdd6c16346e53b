/** The same injection on many documents. */
export interface Campaign {
  /** `c1` is the largest. */
  readonly id: string;
  readonly name: string;
  readonly documents: number;
  readonly spans: number;
  readonly categories: Readonly<Record<string, number>>;
  readonly positions: Readonly<Record<string, number>>;
  /** Commonest first, each with the number of spans that have it. */
  readonly phrases: readonly (readonly [string, number])[];
  /** Names that recur beside the words: `hg8868`, a series' number. */
  readonly brands: readonly (readonly [string, number])[];
  readonly hosts: readonly (readonly [string, number])[];
  /** ISO 8601: of the documents' own dates where a source knows them, else of the runs that found it. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  readonly datesOf: 'documents' | 'runs';
  /** The first pages, at most 1,000; findings.ndjson has them all. */
  readonly pages: readonly string[];
}
