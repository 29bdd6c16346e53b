export interface RateLimit {
  /** Requests per window, also the largest burst; 1 or more. */
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface RateTaken {
  readonly allowed: boolean;
  /** Requests that would be allowed now. */
  readonly remaining: number;
  /** Seconds until the whole limit is there again. */
  readonly resetSeconds: number;
  /** Seconds until one more request is allowed; 0 where it is. */
  readonly retryAfterSeconds: number;
}

export interface RateStore {
  /** Takes one request from the allowance of `key` (any string; the caller puts the tenant or key id into it). One atomic statement. */
  take(key: string, now: number, limit: RateLimit): Promise<RateTaken>;
  /** Forgets allowances that are whole again. */
  purgeIdle(now: number, limit: number): Promise<number>;
}
