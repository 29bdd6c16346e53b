import type { Delivery, LeasedDelivery, Webhook } from './contract/webhooks.ts';
import type { Row } from './database.ts';

export function webhookOf(row: Row): Webhook {
  return {
    id: row['id'] as string,
    url: row['url'] as string,
    events: JSON.parse(row['events'] as string) as string[],
    secret: row['secret'] as string,
    createdAt: row['created_at'] as number,
    disabledAt: row['disabled_at'] as number | null,
  };
}

export function deliveryOf(row: Row): Delivery {
  return {
    id: row['id'] as string,
    webhookId: row['webhook_id'] as string,
    event: row['event'] as string,
    payload: row['payload'] as string,
    createdAt: row['created_at'] as number,
    attempts: row['attempts'] as number,
    nextAt: row['next_at'] as number,
    state: row['state'] as Delivery['state'],
    lastError: row['last_error'] as string | null,
  };
}

export function leasedDeliveryOf(row: Row): LeasedDelivery {
  return {
    ...deliveryOf(row),
    tenant: row['tenant'] as string,
    url: row['url'] as string,
    secret: row['secret'] as string,
  };
}
