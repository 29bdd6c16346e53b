import type { Context, MiddlewareHandler } from 'hono';
import type { ServiceEnv } from './problem.ts';

/** A request id that is sane is taken over; a longer one would only bloat logs. A UUID has 36 characters, a trace parent 55. */
const SANE_REQUEST_ID = /^[\w=-]{1,128}$/;

/**
 * What `hono/secure-headers` sets, as a test holds: answers are data, no browser may run, frame or keep them. Sub-domains are not ours to
 * promise HTTPS for. A table, because setting them one by one on every answer cost a tenth of a check.
 */
export const SECURE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=15552000',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-XSS-Protection': '0',
};

/** Those that mean something on data: the others tell a browser what a page may do, and each costs a microsecond of an answer. */
const ON_DATA = [
  'Content-Security-Policy',
  'Cross-Origin-Resource-Policy',
  'Strict-Transport-Security',
  'X-Content-Type-Options',
] as const;

/** Names the request, and gives every answer the headers that it has not set itself. */
export function answerHeaders(): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id');
    c.set('requestId', given !== undefined && SANE_REQUEST_ID.test(given) ? given : crypto.randomUUID());
    await next();
    if (c.get('complete') === true) return;
    const { headers } = c.res;
    headers.set('X-Request-Id', c.get('requestId'));
    for (const [name, value] of Object.entries(SECURE_HEADERS)) if (!headers.has(name)) headers.set(name, value);
  };
}

/** An answer in JSON, made in one piece: headers that are added to an answer later cost more than a verdict. */
export function jsonAnswer(c: Context<ServiceEnv>, value: unknown): Response {
  c.set('complete', true);
  const headers: Record<string, string> = { 'Content-Type': 'application/json', 'X-Request-Id': c.get('requestId') };
  for (const name of ON_DATA) headers[name] = SECURE_HEADERS[name] ?? '';
  const logged = c.get('verdictId');
  if (logged !== undefined) headers['X-Verdict-Id'] = logged;
  return new Response(JSON.stringify(value), { headers });
}
