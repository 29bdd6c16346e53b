import { Hono } from 'hono';
import type { Delivery, Webhook } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { timeOf } from './keys.ts';
import { nothingAt, readBody } from './parse-body.ts';
import { isPrivateHost } from './private-address.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { messageOf } from './webhook-events.ts';
import { newWebhookSecret } from './webhook-signature.ts';

const schemas = () => import('./schemas-webhooks.ts');

/** Each flagged document is a message to each of them. */
const MOST_WEBHOOKS = 20;
const MOST_DELIVERIES = 100;

/** `/v1/webhooks`: where messages go. `webhook-delivery.ts` sends them. */
export function webhooksResource(dependencies: StoreDependencies) {
  const { store, clock = Date.now } = dependencies;
  const webhookAt = async (tenant: string, id: string): Promise<Webhook> => {
    const webhook = await store.webhooks.get(tenant, id);
    if (webhook === null) throw nothingAt('webhook', id);
    return webhook;
  };
  return new Hono<ServiceEnv>()
    .get('/v1/webhooks', async (c) => {
      const webhooks = await store.webhooks.list(tenantOf(c).tenant);
      return c.json({ webhooks: webhooks.map(shownWebhook) });
    })
    .post('/v1/webhooks', async (c) => {
      const { tenant } = tenantOf(c);
      const { url, events } = await readBody(c, dependencies, (await schemas()).webhookRequest);
      checkUrl(url);
      const webhook = newWebhook(url, [...new Set(events)], clock());
      if (!(await store.webhooks.create(tenant, webhook, MOST_WEBHOOKS))) {
        throw new ProblemError('conflict', `there may be ${MOST_WEBHOOKS} webhooks; delete one before`);
      }
      const { id, secret } = webhook;
      return c.json({ ...shownWebhook(webhook), secret }, 201, { Location: `/v1/webhooks/${id}` });
    })
    .delete('/v1/webhooks/:id', async (c) => {
      const id = c.req.param('id');
      if (!(await store.webhooks.delete(tenantOf(c).tenant, id))) throw nothingAt('webhook', id);
      return c.body(null, 204);
    })
    .post('/v1/webhooks/:id/test', async (c) => {
      const { tenant } = tenantOf(c);
      const { id: webhookId } = await webhookAt(tenant, c.req.param('id'));
      const now = clock();
      const message = messageOf('webhook.test', { webhookId }, now);
      await store.webhooks.enqueue(tenant, [{ ...message, webhookId, createdAt: now, nextAt: now }]);
      return c.json({ deliveryId: message.id }, 202);
    })
    .get('/v1/webhooks/:id/deliveries', async (c) => {
      const { tenant } = tenantOf(c);
      const { id } = await webhookAt(tenant, c.req.param('id'));
      const deliveries = await store.webhooks.deliveries(tenant, id, MOST_DELIVERIES);
      return c.json({ deliveries: deliveries.map(shownDelivery) });
    });
}

/** What a name leads to is looked up when it is called; what can be seen in the address is refused here. */
function checkUrl(text: string): void {
  const { hostname, username, password } = new URL(text);
  if (!isPrivateHost(hostname) && username === '' && password === '') return;
  throw faultAt('/url', 'must name a host on the public Internet, without user and password');
}

function newWebhook(url: string, events: readonly string[], createdAt: number): Webhook {
  return { id: `hook_${crypto.randomUUID()}`, url, events, secret: newWebhookSecret(), createdAt, disabledAt: null };
}

function shownWebhook({ id, url, events, createdAt, disabledAt }: Webhook) {
  return { id, url, events, createdAt: timeOf(createdAt), disabledAt: timeOf(disabledAt) };
}

function shownDelivery({ id, event, createdAt, attempts, state, nextAt, lastError }: Delivery) {
  const due = state === 'pending' ? timeOf(nextAt) : null;
  return { id, event, createdAt: timeOf(createdAt), attempts, state, nextAt: due, lastError };
}
