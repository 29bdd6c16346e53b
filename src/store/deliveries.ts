import type { NewDelivery, WebhookStore } from './contract/webhooks.ts';
import type { Database, Statement } from './database.ts';
import { checkLimit } from './limit.ts';
import { deliveryOf, leasedDeliveryOf } from './webhook-rows.ts';

type DeliveryQueue = Pick<WebhookStore, 'enqueue' | 'due' | 'succeed' | 'fail' | 'deliveries' | 'purgeSettled'>;

/** What is due with its turn among its tenant's. Reads all that is due, some 90 ms for 100,000 of them. */
const DUE =
  'SELECT rowid AS due, next_at, row_number() OVER (PARTITION BY tenant ORDER BY next_at) AS turn' +
  " FROM deliveries WHERE state = 'pending' AND next_at <= ?1";

/** One statement selects, leases and reads, so that two senders never get the same delivery. */
const LEASE =
  'UPDATE deliveries SET attempts = attempts + 1, next_at = ?1 + ?3 WHERE rowid IN' +
  ` (SELECT due FROM (${DUE}) ORDER BY turn, next_at LIMIT ?2) RETURNING *,` +
  ' (SELECT url FROM webhooks AS w WHERE w.tenant = deliveries.tenant AND w.id = deliveries.webhook_id) AS url,' +
  ' (SELECT secret FROM webhooks AS w WHERE w.tenant = deliveries.tenant AND w.id = deliveries.webhook_id) AS secret';

/** The fence: a sender whose lease ran out settles nothing. */
const MINE = "tenant = ?1 AND id = ?2 AND attempts = ?3 AND state = 'pending'";

export function deliveryQueue(db: Database): DeliveryQueue {
  return {
    async enqueue(tenant, deliveries) {
      await db.batch(deliveries.map((delivery) => insertOf(tenant, delivery)));
    },
    async due(now, limit, leaseMs) {
      checkLimit(limit);
      const leased = (await db.all(LEASE, [now, limit, leaseMs])).map(leasedDeliveryOf);
      return leased.sort((a, b) => a.createdAt - b.createdAt);
    },
    async succeed(tenant, id, attempt) {
      const sql = `UPDATE deliveries SET state = 'delivered', last_error = NULL WHERE ${MINE}`;
      return (await db.run(sql, [tenant, id, attempt])).changes === 1;
    },
    async fail(tenant, id, attempt, nextAt, error) {
      const state = nextAt === null ? 'failed' : 'pending';
      const sql = `UPDATE deliveries SET state = ?4, next_at = IFNULL(?5, next_at), last_error = ?6 WHERE ${MINE}`;
      return (await db.run(sql, [tenant, id, attempt, state, nextAt, error])).changes === 1;
    },
    async deliveries(tenant, webhookId, limit) {
      checkLimit(limit);
      const sql =
        'SELECT * FROM deliveries WHERE tenant = ?1 AND webhook_id = ?2 ORDER BY created_at DESC, id DESC LIMIT ?3';
      return (await db.all(sql, [tenant, webhookId, limit])).map(deliveryOf);
    },
    async purgeSettled(before, limit) {
      const settled =
        "SELECT rowid FROM deliveries WHERE state <> 'pending' AND created_at < ?1 ORDER BY created_at LIMIT ?2";
      return (await db.run(`DELETE FROM deliveries WHERE rowid IN (${settled})`, [before, limit])).changes;
    },
  };
}

/** A state of NULL, where the tenant has no such webhook, breaks the statement: nothing is sent to a webhook of somebody else. */
function insertOf(tenant: string, { id, webhookId, event, payload, createdAt, nextAt }: NewDelivery): Statement {
  const state =
    "(SELECT CASE WHEN disabled_at IS NULL THEN 'pending' ELSE 'failed' END FROM webhooks WHERE tenant = ?1 AND id = ?3)";
  const sql =
    'INSERT INTO deliveries (tenant, id, webhook_id, event, payload, created_at, next_at, state)' +
    ` VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ${state})`;
  return { sql, params: [tenant, id, webhookId, event, payload, createdAt, nextAt] };
}
