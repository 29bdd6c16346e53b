/** Where shards of audits are and what was found in them: a folder or a bucket. What is put again replaces what was there. */
export interface AuditFiles {
  /** Names are like `in/000001.ndjson`. Whole or not at all. */
  put(tenant: string, audit: string, name: string, bytes: Uint8Array): Promise<void>;
  /** `null` where there is none. */
  get(tenant: string, audit: string, name: string): Promise<Uint8Array | null>;
  /** Everything of an audit. */
  remove(tenant: string, audit: string): Promise<void>;
}
