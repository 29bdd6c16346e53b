import type { MiddlewareHandler } from 'hono';
import type { RateLimit } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';

/** Ten a second: an editor's site needs one a minute, and what comes in bulk comes as a batch, which is one request. */
export const DEFAULT_RATE_LIMIT: RateLimit = { limit: 600, windowSeconds: 60 };

type Counted = Pick<StoreDependencies, 'store' | 'clock' | 'rateLimit' | 'rateCounter'>;

/** Counts every request against its key, and says how much is left (`RateLimit`, `RateLimit-Policy` of the IETF draft). */
export function limitRate(dependencies: Counted): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const headers = await countRequest(dependencies, tenantOf(c).keyId);
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

/** Gives the headers that tell how much is left; throws a `rate-limited` problem where nothing is. */
export async function countRequest(
  { store, clock = Date.now, rateLimit = DEFAULT_RATE_LIMIT, rateCounter }: Counted,
  keyId: string,
): Promise<Readonly<Record<string, string>>> {
  if (rateLimit === null) return {};
  const policy = { 'RateLimit-Policy': `"default";q=${rateLimit.limit};w=${rateLimit.windowSeconds}` };
  if (rateCounter !== undefined) {
    // Such a counter does not say what is left.
    if (await rateCounter(`key ${keyId}`)) return policy;
    throw tooMany(rateLimit, rateLimit.windowSeconds, policy);
  }
  const taken = await store.rates.take(`key ${keyId}`, clock(), rateLimit);
  const headers = {
    ...policy,
    RateLimit: `"default";r=${taken.remaining};t=${taken.resetSeconds}`,
  };
  if (!taken.allowed) throw tooMany(rateLimit, taken.retryAfterSeconds, headers);
  return headers;
}

function tooMany({ limit, windowSeconds }: RateLimit, wait: number, headers: Readonly<Record<string, string>>) {
  const detail = `more than ${limit} requests in ${windowSeconds} s with this key; wait ${wait} s, or send a batch`;
  return new ProblemError('rate-limited', detail, { limit }, { ...headers, 'Retry-After': String(wait) });
}
