import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { ServiceEnv } from './problem.ts';

const EXPOSED = ['X-Request-Id', 'X-Verdict-Id', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'Location'];
const ALLOWED = {
  'Access-Control-Allow-Methods': 'GET,POST,PUT,DELETE',
  'Access-Control-Allow-Headers': 'Authorization,Content-Type,Idempotency-Key,X-Request-Id',
  'Access-Control-Max-Age': '600',
};

/** Lets pages of some origins call the service (`*`: of any). They hold the key themselves: no cookie is ever asked for. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler<ServiceEnv> {
  return cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ALLOWED['Access-Control-Allow-Methods'].split(','),
    allowHeaders: ALLOWED['Access-Control-Allow-Headers'].split(','),
    exposeHeaders: EXPOSED,
    maxAge: Number(ALLOWED['Access-Control-Max-Age']),
  });
}

/**
 * Answers the question that a browser asks before it calls, which has no key: yes where any tenant lets the origin in. Whether the tenant of the
 * key does is said with the answer to the call (`allowTenantOrigins`).
 */
export function answerPreflight({ store }: StoreDependencies): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const origin = c.req.header('Origin');
    if (c.req.method !== 'OPTIONS' || origin === undefined) return await next();
    if (c.req.header('Access-Control-Request-Method') === undefined || !(await store.settings.anyAllows(origin))) {
      return await next();
    }
    return c.body(null, 204, { ...ALLOWED, 'Access-Control-Allow-Origin': origin, Vary: 'Origin' });
  };
}

/** Lets the pages of a tenant's own origins read the answers to its keys. Behind `authenticate`. */
export function allowTenantOrigins(): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    await next();
    const origin = c.req.header('Origin');
    if (origin !== undefined && isAllowed(c, origin)) {
      c.res.headers.set('Access-Control-Allow-Origin', origin);
      c.res.headers.set('Access-Control-Expose-Headers', EXPOSED.join(','));
      c.res.headers.append('Vary', 'Origin');
    }
  };
}

function isAllowed(c: Context<ServiceEnv>, origin: string): boolean {
  const origins = tenantOf(c).site.settings?.corsOrigins ?? [];
  return origins.includes(origin) || origins.includes('*');
}
