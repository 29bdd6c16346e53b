import type { FindingRow } from './finding-row.ts';
import type { SourceNotice } from './source.ts';

/** What became of one item of a shard. */
export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'flagged'; readonly row: FindingRow }
  | SourceNotice;
