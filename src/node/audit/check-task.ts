import type { Place } from '../../audit/source.ts';
import type { FindingRow } from '../../audit/finding-row.ts';
import type { AuditDocument, SourceNotice } from '../../audit/source.ts';

/** What a worker thread is given. */
export interface CheckTask {
  readonly documents: readonly AuditDocument[];
  readonly policy: string | null;
}

/** What became of one document, in the order of the task. */
export type Outcome =
  | { readonly kind: 'passed'; readonly place: Place; readonly digest: string }
  | { readonly kind: 'flagged'; readonly place: Place; readonly digest: string; readonly row: FindingRow }
  | SourceNotice;
