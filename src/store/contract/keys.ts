import type { SiteState } from './site.ts';

/** A key to the service; of the secret itself only the digest is kept. */
export interface ApiKey {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  /** SHA-256 of the whole key, 64 hexadecimal digits. Unique. */
  readonly hash: string;
  /** The first characters of the key, by which its owner knows it again. */
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
  /** Id of the key that took its place. */
  readonly replacedBy: string | null;
}

/** A key, and all that a check of its tenant depends on: one read for a request. */
export interface Admission {
  readonly key: ApiKey;
  readonly site: SiteState;
}

export type NewApiKey = Pick<ApiKey, 'id' | 'name' | 'hash' | 'prefix' | 'scopes' | 'createdAt' | 'expiresAt'>;

export interface KeyStore {
  /** Rejects with `conflict` where the id or the hash is taken. */
  create(tenant: string, key: NewApiKey): Promise<void>;
  /** Creates the key only where no tenant has any (the first run; two processes may race); says whether it did. */
  createFirst(tenant: string, key: NewApiKey): Promise<boolean>;
  /** Revoked and expired keys are found too: the caller decides. The one method that looks across tenants. */
  findByHash(hash: string): Promise<Admission | null>;
  /** All, newest first. */
  list(tenant: string): Promise<ApiKey[]>;
  /** `false` where there is no such key. A second revocation keeps the time of the first. */
  revoke(tenant: string, id: string, at: number): Promise<boolean>;
  /** As `revoke`, but for the one key with the scope that is in force at `at`: of several that are revoked at once, one stays. */
  revokeUnlessLast(tenant: string, id: string, at: number, scope: string): Promise<'revoked' | 'last' | 'missing'>;
  /**
   * Creates `next` and lets key `id` live until `overlapUntil` at the longest, both or neither.
   * `false` where there is no such key, or it is revoked, expired at `next.createdAt` or already replaced.
   */
  rotate(tenant: string, id: string, next: NewApiKey, overlapUntil: number): Promise<boolean>;
  /** Notes a use; at most one write a minute and key. */
  touch(tenant: string, id: string, at: number): Promise<void>;
}
