import type { Page } from './verdicts.ts';

/** A document that champion and challenger judge differently. */
export interface DisagreementRecord {
  readonly id: string;
  readonly at: number;
  /** In the log, where verdicts are kept. */
  readonly verdictId: string | null;
  readonly champion: string;
  readonly challenger: string;
  readonly championVerdict: string;
  readonly challengerVerdict: string;
  /** What either found, where the tenant keeps spans. */
  readonly spans: Readonly<Record<string, unknown>> | null;
  readonly expiresAt: number | null;
}

export interface DisagreementStore {
  add(tenant: string, records: readonly DisagreementRecord[]): Promise<void>;
  /** Newest first. */
  list(tenant: string, query: { readonly limit: number; readonly cursor?: string }): Promise<Page<DisagreementRecord>>;
  purgeExpired(now: number, limit: number): Promise<number>;
}
