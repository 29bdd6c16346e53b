import type { VerdictRecord, VerdictSummary } from './contract/verdicts.ts';
import type { Row } from './database.ts';
import type { HeavyFields } from './verdict-parts.ts';

/** In the order in which `verdicts.ts` writes them. */
export const SUMMARY_COLUMNS = [
  'id',
  'at',
  'verdict',
  'mode',
  'posterior',
  'engine',
  'document_id',
  'content_hash',
  'input',
  'expires_at',
] as const;

export function summaryOf(row: Row): VerdictSummary {
  return {
    id: row['id'] as string,
    at: row['at'] as number,
    verdict: row['verdict'] as VerdictSummary['verdict'],
    mode: row['mode'] as VerdictSummary['mode'],
    posterior: row['posterior'] as number,
    engine: JSON.parse(row['engine'] as string) as VerdictSummary['engine'],
    documentId: row['document_id'] as string | null,
    contentHash: row['content_hash'] as string | null,
    input: row['input'] as VerdictSummary['input'],
    expiresAt: row['expires_at'] as number | null,
  };
}

/** `parts`: what the row itself did not have room for. */
export function recordOf(row: Row, parts: HeavyFields): VerdictRecord {
  const spans = (row['spans'] as string | null) ?? parts.spans;
  return {
    ...summaryOf(row),
    text: (row['text'] as string | null) ?? parts.text,
    spans: spans === null ? null : (JSON.parse(spans) as VerdictRecord['spans']),
    options: JSON.parse(row['options'] as string) as VerdictRecord['options'],
  };
}
