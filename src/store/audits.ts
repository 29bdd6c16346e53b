import { auditOf, claimedOf, shardOf } from './audit-rows.ts';
import type { AuditStore, ClaimedShard, NewAudit } from './contract/audits.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database, Row, Statement } from './database.ts';
import { checkLimit } from './limit.ts';

const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' };

const OPEN = "state IN ('queued', 'running', 'reporting')";
const UNSETTLED = "state IN ('queued', 'running')";
const SUMS =
  'SELECT audits.*, COUNT(shard) AS shards,' +
  " COUNT(CASE WHEN audit_shards.state IN ('done', 'failed') THEN 1 END) AS settled," +
  ['documents', 'flagged', 'spans', 'errors', 'skipped'].map((name) => ` IFNULL(SUM(${name}), 0) AS ${name}`).join() +
  ' FROM audits LEFT JOIN audit_shards ON audit_shards.tenant = audits.tenant AND audit_shards.audit = audits.id';
const BY_AUDIT = 'GROUP BY audits.tenant, audits.id';

const INSERT =
  'INSERT INTO audits (tenant, id, state, source, policy, author, created_at, every_hours, next_at, expires_at)' +
  " SELECT ?1, ?2, 'queued', ?3, ?4, ?5, ?6, ?7, ?8, ?9";

/** Selects, leases and reads in one statement: of several workers one gets it. ?1: now, ?2: milliseconds. */
const lease = (state: string, from: string, also: string): string =>
  `UPDATE audits SET state = '${state}', lease_until = ?1 + ?2, attempts = attempts + 1, started_at = IFNULL(started_at, ?1)` +
  ` WHERE rowid = (SELECT rowid FROM audits WHERE ${OPEN} AND ${from} AND IFNULL(lease_until, 0) <= ?1${also}` +
  ' ORDER BY created_at LIMIT 1) RETURNING *';
const HAVING = { findings: 'flagged > 0', notices: '(errors > 0 OR skipped > 0)' };
const QUEUED = "state = 'queued'";
const CHECKED =
  "(state = 'reporting' OR (state = 'running' AND NOT EXISTS (SELECT 1 FROM audit_shards WHERE" +
  ` audit_shards.tenant = audits.tenant AND audit = id AND audit_shards.${UNSETTLED})))`;
const THIS = ' AND tenant = ?3 AND id = ?4';

export function auditStore(db: Database): AuditStore {
  const one = async (sql: string, params: readonly (string | number | null)[]): Promise<Row | undefined> =>
    (await db.all(sql, params))[0];
  const changed = async (sql: string, params: readonly (string | number | null)[]): Promise<boolean> =>
    (await db.run(sql, params)).changes > 0;
  const settle = (tenant: string, id: string, shard: number, set: string, values: readonly (string | number)[]) =>
    changed(
      `UPDATE audit_shards SET ${set}, lease_until = NULL WHERE tenant = ?1 AND audit = ?2 AND shard = ?3 AND ${UNSETTLED}`,
      [tenant, id, shard, ...values],
    );
  const leased = async (where: string, params: readonly (string | number)[]): Promise<ClaimedShard | null> => {
    const sql =
      "UPDATE audit_shards SET state = 'running', lease_until = ?1 + ?2, attempts = attempts + 1" +
      ` WHERE (tenant, audit, shard) IN (${where}) RETURNING tenant, audit AS id, shard, digest, attempts`;
    const row = await one(sql, params);
    const claimed = claimedOf(row);
    if (row === undefined || claimed === null) return null;
    return { ...claimed, shard: row['shard'] as number, digest: row['digest'] as string };
  };
  return {
    async create(tenant, audit) {
      await db.batch([inserted(tenant, audit)]);
    },
    async get(tenant, id) {
      const row = await one(`${SUMS} WHERE audits.tenant = ?1 AND audits.id = ?2 ${BY_AUDIT}`, [tenant, id]);
      return row === undefined ? null : auditOf(row);
    },
    async list(tenant, { limit, cursor }) {
      checkLimit(limit);
      const { at, id } = cursor === undefined ? FIRST : decodeCursor(cursor);
      const sql =
        `${SUMS} WHERE audits.tenant = ?1 AND (audits.created_at, audits.id) < (?2, ?3) ${BY_AUDIT}` +
        ' ORDER BY audits.created_at DESC, audits.id DESC LIMIT ?4';
      const rows = (await db.all(sql, [tenant, at, id, limit + 1])).map(auditOf);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const isMore = rows.length > limit && last !== undefined;
      return { items, next: isMore ? encodeCursor({ at: last.createdAt, id: last.id }) : null };
    },
    async addShards(tenant, id, shards) {
      const sql =
        "INSERT OR IGNORE INTO audit_shards (tenant, audit, shard, digest, state) SELECT ?1, ?2, ?3, ?4, 'queued'" +
        ` FROM audits WHERE tenant = ?1 AND id = ?2 AND ${QUEUED}`;
      await db.batch(shards.map(({ shard, digest }) => ({ sql, params: [tenant, id, shard, digest] })));
    },
    planned: (tenant, id, now) =>
      changed(
        "UPDATE audits SET state = 'running', lease_until = NULL, attempts = 0, started_at = IFNULL(started_at, ?3)" +
          ` WHERE tenant = ?1 AND id = ?2 AND ${QUEUED}`,
        [tenant, id, now],
      ),
    claimPlan: async (now, leaseMs) => claimedOf(await one(lease('queued', QUEUED, ''), [now, leaseMs])),
    takePlan: async (tenant, id, now, leaseMs) =>
      claimedOf(await one(lease('queued', QUEUED, THIS), [now, leaseMs, tenant, id])),
    claimShard: (now, leaseMs) =>
      leased(
        'SELECT audit_shards.tenant, audit, shard FROM audits CROSS JOIN audit_shards ON audit_shards.tenant = audits.tenant AND' +
          ` audit = id WHERE audits.${OPEN} AND audits.state = 'running' AND audit_shards.${UNSETTLED} AND IFNULL(audit_shards.lease_until, 0) <= ?1` +
          ' ORDER BY created_at, shard LIMIT 1',
        [now, leaseMs],
      ),
    takeShard: (tenant, id, shard, now, leaseMs) =>
      leased(
        'SELECT audit_shards.tenant, audit, shard FROM audits JOIN audit_shards ON audit_shards.tenant = audits.tenant AND' +
          " audit = id WHERE audits.tenant = ?3 AND id = ?4 AND shard = ?5 AND audits.state = 'running'" +
          ` AND audit_shards.${UNSETTLED}`,
        [now, leaseMs, tenant, id, shard],
      ),
    settleShard: (tenant, id, shard, { documents, flagged, spans, errors, skipped }) =>
      settle(
        tenant,
        id,
        shard,
        "state = 'done', documents = ?4, flagged = ?5, spans = ?6, errors = ?7, skipped = ?8, error = NULL",
        [documents, flagged, spans, errors, skipped],
      ),
    failShard: (tenant, id, shard, error) =>
      settle(tenant, id, shard, "state = 'failed', errors = 1, error = ?4", [error]),
    async shards(tenant, id, { after, limit, having }) {
      checkLimit(limit);
      const sql =
        'SELECT * FROM audit_shards WHERE tenant = ?1 AND audit = ?2 AND shard > ?3' +
        `${having === undefined ? '' : ` AND ${HAVING[having]}`} ORDER BY shard LIMIT ?4`;
      return (await db.all(sql, [tenant, id, after, limit])).map(shardOf);
    },
    async openShards(tenant, id, after, limit) {
      checkLimit(limit);
      const sql = `SELECT shard FROM audit_shards WHERE tenant = ?1 AND audit = ?2 AND shard > ?3 AND ${UNSETTLED} ORDER BY shard LIMIT ?4`;
      return (await db.all(sql, [tenant, id, after, limit])).map((row) => row['shard'] as number);
    },
    claimReport: async (now, leaseMs) => claimedOf(await one(lease('reporting', CHECKED, ''), [now, leaseMs])),
    takeReport: async (tenant, id, now, leaseMs) =>
      claimedOf(await one(lease('reporting', CHECKED, THIS), [now, leaseMs, tenant, id])),
    finish: ({ tenant, id, attempts }, summary, now) =>
      changed(
        "UPDATE audits SET state = 'done', summary = ?4, finished_at = ?5, lease_until = NULL" +
          " WHERE tenant = ?1 AND id = ?2 AND attempts = ?3 AND state = 'reporting'",
        [tenant, id, attempts, JSON.stringify(summary), now],
      ),
    fail: (tenant, id, error, now) =>
      changed(
        `UPDATE audits SET state = 'failed', error = ?3, finished_at = ?4, lease_until = NULL WHERE tenant = ?1 AND id = ?2 AND ${OPEN}`,
        [tenant, id, error, now],
      ),
    cancel: (tenant, id, now) =>
      changed(
        `UPDATE audits SET state = 'cancelled', finished_at = ?3, lease_until = NULL, next_at = NULL WHERE tenant = ?1 AND id = ?2 AND ${OPEN}`,
        [tenant, id, now],
      ),
    stopRepeating: (tenant, id) =>
      changed('UPDATE audits SET next_at = NULL WHERE tenant = ?1 AND id = ?2 AND next_at IS NOT NULL', [tenant, id]),
    async dueAgain(now, limit) {
      checkLimit(limit);
      const due =
        "SELECT tenant, id FROM audits WHERE next_at <= ?1 AND state IN ('done', 'failed') ORDER BY next_at LIMIT ?2";
      const sql = `${SUMS} WHERE (audits.tenant, audits.id) IN (${due}) ${BY_AUDIT} ORDER BY audits.next_at`;
      return (await db.all(sql, [now, limit])).map((row) => ({ ...auditOf(row), tenant: row['tenant'] as string }));
    },
    async repeat(tenant, id, next) {
      const { sql, params } = inserted(tenant, next);
      const outcomes = await db.batch([
        {
          sql: `${sql} FROM audits WHERE tenant = ?1 AND id = ?10 AND next_at IS NOT NULL RETURNING id`,
          params: [...params, id],
        },
        { sql: 'UPDATE audits SET next_at = NULL WHERE tenant = ?1 AND id = ?2', params: [tenant, id] },
      ]);
      return outcomes[0].rows.length === 1;
    },
    async stalled(now, limit) {
      checkLimit(limit);
      const sql =
        `SELECT tenant, id, state FROM audits WHERE ${OPEN} AND IFNULL(lease_until, 0) <= ?1 AND NOT EXISTS` +
        " (SELECT 1 FROM audit_shards WHERE audit_shards.tenant = audits.tenant AND audit = id AND audit_shards.state = 'running'" +
        ' AND audit_shards.lease_until > ?1) ORDER BY created_at LIMIT ?2';
      const rows = await db.all(sql, [now, limit]);
      return rows.map(({ tenant, id, state }) => ({ tenant, id, state }) as never);
    },
    async expired(now, limit) {
      checkLimit(limit);
      const rows = await db.all('SELECT tenant, id FROM audits WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2', [
        now,
        limit,
      ]);
      return rows.map(({ tenant, id }) => ({ tenant, id }) as { tenant: string; id: string });
    },
    async remove(tenant, id) {
      const sql = 'DELETE FROM audits WHERE tenant = ?1 AND id = ?2 RETURNING id';
      return (await db.all(sql, [tenant, id])).length === 1;
    },
  };
}

function inserted(tenant: string, audit: NewAudit): Statement {
  const { id, source, policy, author, createdAt, everyHours, nextAt, expiresAt } = audit;
  return {
    sql: INSERT,
    params: [tenant, id, JSON.stringify(source), policy, author, createdAt, everyHours, nextAt, expiresAt],
  };
}
