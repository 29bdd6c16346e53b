export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * new: go on, then `finish` or `abandon` with the token · done: answer the same again ·
 * conflict: the key was used with another request · in-progress: the first one is still at work.
 */
export type IdempotencyState =
  | { readonly state: 'new'; readonly token: string }
  | { readonly state: 'done'; readonly response: StoredResponse }
  | { readonly state: 'conflict' }
  | { readonly state: 'in-progress' };

export interface IdempotencyStore {
  /** `lockedUntil`: when a run that never ends (its process died) gives the key free again. `requestHash`: SHA-256 of the request. */
  begin(tenant: string, key: string, requestHash: string, now: number, lockedUntil: number): Promise<IdempotencyState>;
  /** Keeps the response until `expiresAt`. `false` where the lock ran out and somebody else began. */
  finish(tenant: string, key: string, token: string, response: StoredResponse, expiresAt: number): Promise<boolean>;
  /** Gives the key free: the request failed without effect. */
  abandon(tenant: string, key: string, token: string): Promise<void>;
  purgeExpired(now: number, limit: number): Promise<number>;
}
