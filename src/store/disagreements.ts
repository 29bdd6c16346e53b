import type { DisagreementRecord, DisagreementStore } from './contract/disagreements.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database, Parameter, Row } from './database.ts';
import { insertRows } from './insert.ts';
import { checkLimit } from './limit.ts';

const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' };
const COLUMNS =
  'tenant id at verdict_id champion challenger champion_verdict challenger_verdict spans expires_at'.split(' ');

export function disagreementStore(db: Database): DisagreementStore {
  return {
    async add(tenant, records) {
      const rows = records.map((record) => valuesOf(tenant, record));
      await db.batch(insertRows('disagreements', COLUMNS, rows));
    },
    async list(tenant, { limit, cursor }) {
      checkLimit(limit);
      const { at, id } = cursor === undefined ? FIRST : decodeCursor(cursor);
      const sql =
        'SELECT * FROM disagreements WHERE tenant = ?1 AND (at, id) < (?2, ?3) ORDER BY at DESC, id DESC LIMIT ?4';
      const rows = (await db.all(sql, [tenant, at, id, limit + 1])).map(disagreementOf);
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? encodeCursor(items.at(-1) ?? FIRST) : null };
    },
    async purgeExpired(now, limit) {
      const expired = 'SELECT rowid FROM disagreements WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2';
      return (await db.run(`DELETE FROM disagreements WHERE rowid IN (${expired})`, [now, limit])).changes;
    },
  };
}

function valuesOf(tenant: string, record: DisagreementRecord): Parameter[] {
  const { id, at, verdictId, champion, challenger, championVerdict, challengerVerdict, spans, expiresAt } = record;
  const kept = spans === null ? null : JSON.stringify(spans);
  return [tenant, id, at, verdictId, champion, challenger, championVerdict, challengerVerdict, kept, expiresAt];
}

function disagreementOf(row: Row): DisagreementRecord {
  const spans = row['spans'] as string | null;
  return {
    id: row['id'] as string,
    at: row['at'] as number,
    verdictId: row['verdict_id'] as string | null,
    champion: row['champion'] as string,
    challenger: row['challenger'] as string,
    championVerdict: row['champion_verdict'] as string,
    challengerVerdict: row['challenger_verdict'] as string,
    spans: spans === null ? null : (JSON.parse(spans) as Record<string, unknown>),
    expiresAt: row['expires_at'] as number | null,
  };
}
