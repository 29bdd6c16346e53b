import type { IdempotencyState, IdempotencyStore, StoredResponse } from './contract/idempotency.ts';
import type { Database, Row } from './database.ts';

/** Takes the key where it is free or its time is over; gives a row only then. */
const TAKE =
  'INSERT INTO idempotency_keys (tenant, key, request_hash, token, expires_at) VALUES (?1, ?2, ?3, ?4, ?6)' +
  ' ON CONFLICT (tenant, key) DO UPDATE SET request_hash = ?3, token = ?4, response = NULL, expires_at = ?6' +
  ' WHERE expires_at <= ?5 RETURNING token';

const READ = 'SELECT request_hash, response FROM idempotency_keys WHERE tenant = ?1 AND key = ?2';

export function idempotencyStore(db: Database): IdempotencyStore {
  return {
    async begin(tenant, key, requestHash, now, lockedUntil) {
      const token = crypto.randomUUID();
      const [taken, read] = await db.batch([
        { sql: TAKE, params: [tenant, key, requestHash, token, now, lockedUntil] },
        { sql: READ, params: [tenant, key] },
      ]);
      return taken?.rows.length === 1 ? { state: 'new', token } : stateOf(read?.rows[0], requestHash);
    },
    async finish(tenant, key, token, response, expiresAt) {
      const sql =
        'UPDATE idempotency_keys SET response = ?4, expires_at = ?5 WHERE tenant = ?1 AND key = ?2 AND token = ?3';
      return (await db.run(sql, [tenant, key, token, JSON.stringify(response), expiresAt])).changes === 1;
    },
    async abandon(tenant, key, token) {
      const mine = 'tenant = ?1 AND key = ?2 AND token = ?3';
      await db.run(`DELETE FROM idempotency_keys WHERE ${mine} AND response IS NULL`, [tenant, key, token]);
    },
    async purgeExpired(now, limit) {
      const expired = 'SELECT rowid FROM idempotency_keys WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2';
      return (await db.run(`DELETE FROM idempotency_keys WHERE rowid IN (${expired})`, [now, limit])).changes;
    },
  };
}

function stateOf(row: Row, requestHash: string): IdempotencyState {
  if (row['request_hash'] !== requestHash) return { state: 'conflict' };
  const response = row['response'] as string | null;
  return response === null
    ? { state: 'in-progress' }
    : { state: 'done', response: JSON.parse(response) as StoredResponse };
}
