import type { ClaimedJob, JobRecord, JobStore } from './contract/jobs.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Database, Row } from './database.ts';
import { checkLimit } from './limit.ts';

const FIRST = { at: Number.MAX_SAFE_INTEGER, id: '' };

/** One statement selects, leases and reads, so that two workers never get the same job. */
const CLAIM =
  "UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_until = ?2 + ?3, started_at = IFNULL(started_at, ?2)" +
  " WHERE rowid = (SELECT rowid FROM jobs WHERE kind = ?1 AND state IN ('queued', 'running') AND" +
  " (state = 'queued' OR (state = 'running' AND lease_until <= ?2)) ORDER BY created_at LIMIT 1) RETURNING *";

/** The fence: a worker whose lease ran out settles nothing. */
const MINE = "tenant = ?1 AND id = ?2 AND attempts = ?3 AND state = 'running'";

export function jobStore(db: Database): JobStore {
  const settle = async (job: ClaimedJob, change: string, values: readonly (string | number)[]): Promise<boolean> => {
    const { changes } = await db.run(`UPDATE jobs SET ${change} WHERE ${MINE}`, [
      job.tenant,
      job.id,
      job.attempts,
      ...values,
    ]);
    return changes === 1;
  };
  return {
    async create(tenant, { id, kind, input, createdAt }) {
      const sql = "INSERT INTO jobs (tenant, id, kind, state, input, created_at) VALUES (?1, ?2, ?3, 'queued', ?4, ?5)";
      await db.run(sql, [tenant, id, kind, JSON.stringify(input), createdAt]);
    },
    async get(tenant, id) {
      const [row] = await db.all('SELECT * FROM jobs WHERE tenant = ?1 AND id = ?2', [tenant, id]);
      return row === undefined ? null : jobOf(row);
    },
    async list(tenant, { kind, limit, cursor }) {
      checkLimit(limit);
      const { at, id } = cursor === undefined ? FIRST : decodeCursor(cursor);
      const sql =
        'SELECT * FROM jobs WHERE tenant = ?1 AND (created_at, id) < (?2, ?3) AND kind = ?5' +
        ' ORDER BY created_at DESC, id DESC LIMIT ?4';
      const rows = (await db.all(sql, [tenant, at, id, limit + 1, kind])).map(jobOf);
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const isMore = rows.length > limit && last !== undefined;
      return { items, next: isMore ? encodeCursor({ at: last.createdAt, id: last.id }) : null };
    },
    async claim(kind, now, leaseMs) {
      const [row] = await db.all(CLAIM, [kind, now, leaseMs]);
      return row === undefined ? null : { ...jobOf(row), tenant: row['tenant'] as string };
    },
    beat: (job, progress, stage, leaseUntil) =>
      settle(job, 'progress = ?4, stage = ?5, lease_until = ?6', [progress, stage, leaseUntil]),
    finish: (job, result, now) =>
      settle(job, "state = 'done', progress = 1, result = ?4, finished_at = ?5, lease_until = NULL", [
        JSON.stringify(result),
        now,
      ]),
    fail: (job, error, again, now) =>
      settle(
        job,
        again
          ? "state = 'queued', error = ?4, lease_until = NULL, finished_at = NULLIF(?5, ?5)"
          : "state = 'failed', error = ?4, lease_until = NULL, finished_at = ?5",
        [error, now],
      ),
    async cancel(tenant, id, now) {
      const sql =
        "UPDATE jobs SET state = 'cancelled', finished_at = ?3, lease_until = NULL" +
        " WHERE tenant = ?1 AND id = ?2 AND state IN ('queued', 'running')";
      return (await db.run(sql, [tenant, id, now])).changes === 1;
    },
  };
}

function jobOf(row: Row): JobRecord {
  const result = row['result'] as string | null;
  return {
    id: row['id'] as string,
    kind: row['kind'] as string,
    state: row['state'] as JobRecord['state'],
    progress: row['progress'] as number,
    stage: row['stage'] as string,
    input: JSON.parse(row['input'] as string) as JobRecord['input'],
    result: result === null ? null : (JSON.parse(result) as JobRecord['result']),
    error: row['error'] as string | null,
    createdAt: row['created_at'] as number,
    startedAt: row['started_at'] as number | null,
    finishedAt: row['finished_at'] as number | null,
    leaseUntil: row['lease_until'] as number | null,
    attempts: row['attempts'] as number,
  };
}
