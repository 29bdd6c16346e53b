import type { Store } from '../store/store.ts';

export const WEBHOOK_EVENTS = ['verdict.flagged', 'model.trained', 'model.drifted', 'audit.finished'] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Queues one message an item to every webhook of the tenant that listens to the event; durable once fulfilled. */
export async function sendEvents(
  store: Store,
  tenant: string,
  event: WebhookEvent,
  items: readonly Readonly<Record<string, unknown>>[],
  now: number,
): Promise<void> {
  const hooks = (await store.webhooks.list(tenant)).filter(
    ({ events, disabledAt }) => disabledAt === null && events.includes(event),
  );
  if (hooks.length === 0) return;
  const deliveries = items.flatMap((data) =>
    hooks.map(({ id }) => ({ ...messageOf(event, data, now), webhookId: id, createdAt: now, nextAt: now })),
  );
  await store.webhooks.enqueue(tenant, deliveries);
}

/** The id, the event and the body of a message (Standard Webhooks). */
export function messageOf(event: string, data: Readonly<Record<string, unknown>>, now: number) {
  const payload = JSON.stringify({ type: event, timestamp: new Date(now).toISOString(), data });
  return { id: `msg_${crypto.randomUUID()}`, event, payload };
}
