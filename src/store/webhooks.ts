import type { WebhookStore } from './contract/webhooks.ts';
import type { Database, Statement } from './database.ts';
import { deliveryQueue } from './deliveries.ts';
import { webhookOf } from './webhook-rows.ts';

export function webhookStore(db: Database): WebhookStore {
  return {
    ...deliveryQueue(db),
    async create(tenant, { id, url, events, secret, createdAt, disabledAt }, most = Number.MAX_SAFE_INTEGER) {
      const sql =
        'INSERT INTO webhooks (tenant, id, url, events, secret, created_at, disabled_at)' +
        ' SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE (SELECT count(*) FROM webhooks WHERE tenant = ?1) < ?8';
      const params = [tenant, id, url, JSON.stringify(events), secret, createdAt, disabledAt, most];
      return (await db.run(sql, params)).changes === 1;
    },
    async list(tenant) {
      const sql = 'SELECT * FROM webhooks WHERE tenant = ?1 ORDER BY created_at DESC, id DESC';
      return (await db.all(sql, [tenant])).map(webhookOf);
    },
    async get(tenant, id) {
      const [row] = await db.all('SELECT * FROM webhooks WHERE tenant = ?1 AND id = ?2', [tenant, id]);
      return row === undefined ? null : webhookOf(row);
    },
    async delete(tenant, id) {
      const sql = 'DELETE FROM webhooks WHERE tenant = ?1 AND id = ?2 RETURNING id';
      return (await db.all(sql, [tenant, id])).length === 1;
    },
    async disable(tenant, id, at) {
      const sql = 'UPDATE webhooks SET disabled_at = ?3 WHERE tenant = ?1 AND id = ?2';
      const [disabled] = await db.batch([
        { sql, params: [tenant, id, at] },
        ...(at === null ? [] : [failPending(tenant, id)]),
      ]);
      return disabled?.changes === 1;
    },
  };
}

function failPending(tenant: string, webhookId: string): Statement {
  const sql =
    "UPDATE deliveries SET state = 'failed', last_error = 'the webhook was disabled'" +
    " WHERE tenant = ?1 AND webhook_id = ?2 AND state = 'pending'";
  return { sql, params: [tenant, webhookId] };
}
