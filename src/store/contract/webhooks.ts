export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  /** `whsec_…`: signing needs it, so it is kept as it is. */
  readonly secret: string;
  readonly createdAt: number;
  readonly disabledAt: number | null;
}

/** One message to one webhook. `id` is the `webhook-id` of every attempt. */
export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: string;
  /** The body to be signed and sent. */
  readonly payload: string;
  readonly createdAt: number;
  /** Begun so far. */
  readonly attempts: number;
  /** When it is due, or until when it is leased. */
  readonly nextAt: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly lastError: string | null;
}

export type NewDelivery = Pick<Delivery, 'id' | 'webhookId' | 'event' | 'payload' | 'createdAt' | 'nextAt'>;

/** A delivery leased to one sender. `attempts` counts this attempt and is the fence that `succeed` and `fail` are held against. */
export interface LeasedDelivery extends Delivery {
  readonly tenant: string;
  readonly url: string;
  readonly secret: string;
}

export interface WebhookStore {
  /** `false`, and nothing is created, where the tenant has as many as `most`; any number may be where it is left out. */
  create(tenant: string, webhook: Webhook, most?: number): Promise<boolean>;
  /** All, newest first. */
  list(tenant: string): Promise<Webhook[]>;
  get(tenant: string, id: string): Promise<Webhook | null>;
  /** With its deliveries; `false` where there is none. */
  delete(tenant: string, id: string): Promise<boolean>;
  /** No deliveries are leased for it from then on; `null` enables it again. `false` where there is none. */
  disable(tenant: string, id: string, at: number | null): Promise<boolean>;
  /** All or none. Rejects with `conflict` where a webhook is not the tenant's or an id is taken. */
  enqueue(tenant: string, deliveries: readonly NewDelivery[]): Promise<void>;
  /** Leases what is due, of each tenant in order of time, the tenants in turn: nobody else gets it before `now + leaseMs`. */
  due(now: number, limit: number, leaseMs: number): Promise<LeasedDelivery[]>;
  /** `false` where the delivery is gone, settled or leased anew since attempt `attempt`. */
  succeed(tenant: string, id: string, attempt: number, at: number): Promise<boolean>;
  /** `nextAt` `null` gives up. `false` as for `succeed`. */
  fail(tenant: string, id: string, attempt: number, nextAt: number | null, error: string): Promise<boolean>;
  /** Newest first, at most `limit` (1 to 1000). */
  deliveries(tenant: string, webhookId: string, limit: number): Promise<Delivery[]>;
  /** Deletes deliveries that were settled and are older than `before`; gives the number deleted. */
  purgeSettled(before: number, limit: number): Promise<number>;
}
