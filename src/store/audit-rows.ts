import type { AuditRecord, ClaimedAudit, ShardRecord } from './contract/audits.ts';
import type { Row } from './database.ts';

export function auditOf(row: Row): AuditRecord {
  const summary = row['summary'] as string | null;
  return {
    id: row['id'] as string,
    state: row['state'] as AuditRecord['state'],
    source: JSON.parse(row['source'] as string) as AuditRecord['source'],
    policy: row['policy'] as string | null,
    author: row['author'] as string,
    createdAt: row['created_at'] as number,
    startedAt: row['started_at'] as number | null,
    finishedAt: row['finished_at'] as number | null,
    attempts: row['attempts'] as number,
    summary: summary === null ? null : (JSON.parse(summary) as AuditRecord['summary']),
    error: row['error'] as string | null,
    everyHours: row['every_hours'] as number | null,
    nextAt: row['next_at'] as number | null,
    expiresAt: row['expires_at'] as number,
    totals: totalsOf(row),
    shards: row['shards'] as number,
    settled: row['settled'] as number,
  };
}

export function shardOf(row: Row): ShardRecord {
  return {
    shard: row['shard'] as number,
    digest: row['digest'] as string,
    state: row['state'] as ShardRecord['state'],
    attempts: row['attempts'] as number,
    error: row['error'] as string | null,
    ...totalsOf(row),
  };
}

export function claimedOf(row: Row | undefined): ClaimedAudit | null {
  if (row === undefined) return null;
  return { tenant: row['tenant'] as string, id: row['id'] as string, attempts: row['attempts'] as number };
}

function totalsOf(row: Row): AuditRecord['totals'] {
  return {
    documents: row['documents'] as number,
    flagged: row['flagged'] as number,
    spans: row['spans'] as number,
    errors: row['errors'] as number,
    skipped: row['skipped'] as number,
  };
}
