import type { AuditStore } from './contract/audits.ts';
import type { DisagreementStore } from './contract/disagreements.ts';
import type { FigureStore } from './contract/figures.ts';
import type { IdempotencyStore } from './contract/idempotency.ts';
import type { JobStore } from './contract/jobs.ts';
import type { KeyStore } from './contract/keys.ts';
import type { ModelStore } from './contract/models.ts';
import type { RateStore } from './contract/rates.ts';
import type { RuleStore } from './contract/rules.ts';
import type { SampleStore } from './contract/samples.ts';
import type { SettingsStore } from './contract/settings.ts';
import type { SiteStore } from './contract/site.ts';
import type { UsageStore } from './contract/usage.ts';
import type { VerdictStore } from './contract/verdicts.ts';
import type { WebhookStore } from './contract/webhooks.ts';

export type * from './contract/audits.ts';
export type * from './contract/disagreements.ts';
export type * from './contract/figures.ts';
export type * from './contract/idempotency.ts';
export type * from './contract/jobs.ts';
export type * from './contract/keys.ts';
export type * from './contract/models.ts';
export type * from './contract/rates.ts';
export type * from './contract/rules.ts';
export type * from './contract/samples.ts';
export type * from './contract/settings.ts';
export type * from './contract/site.ts';
export type * from './contract/usage.ts';
export type * from './contract/verdicts.ts';
export type * from './contract/webhooks.ts';

/**
 * What the service keeps. Every time is in milliseconds since 1970 (UTC) and is given by the caller: the store reads no clock.
 * A method whose data belong to a tenant takes the tenant first and never sees another's. Strings come back unit for unit,
 * lone surrogates and NUL included. What is acknowledged (the promise is fulfilled) survives the death of the process.
 * Methods reject with a `StoreError`.
 */
export interface Store {
  readonly keys: KeyStore;
  readonly verdicts: VerdictStore;
  readonly rules: RuleStore;
  readonly settings: SettingsStore;
  readonly webhooks: WebhookStore;
  readonly usage: UsageStore;
  readonly idempotency: IdempotencyStore;
  readonly rates: RateStore;
  readonly site: SiteStore;
  readonly samples: SampleStore;
  readonly models: ModelStore;
  readonly jobs: JobStore;
  readonly audits: AuditStore;
  readonly disagreements: DisagreementStore;
  readonly figures: FigureStore;
  /** Writes and reads back; rejects where the store cannot serve (unmigrated, full, read-only, gone). */
  health(): Promise<StoreHealth>;
  /** Deletes what is past its time in every table, at most `limit` rows in each; gives the number deleted. */
  purge(now: number, limit: number): Promise<number>;
  close(): Promise<void>;
}

export interface StoreHealth {
  readonly backend: 'sqlite' | 'd1';
  /** Name of the last migration applied, for instance `0001_store.sql`. */
  readonly schema: string;
}
