import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { describe, expect, it } from 'vitest';
import { SECURE_HEADERS } from '../../src/service/answer-headers.ts';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from './fake-sieve.ts';

const app = createApp({ sieve: () => fakeSieve, version: '1.2.3' });

function check(body: string) {
  const headers = { 'Content-Type': 'application/json', 'X-Request-Id': 'r-1' };
  return app.request('/v1/check', { method: 'POST', headers, body });
}

const names = Object.keys(SECURE_HEADERS);
const secure = (response: Response) => Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));

describe('secure headers', () => {
  it("are those of hono's own middleware, none less", async () => {
    const theirs = new Hono().use(
      secureHeaders({
        contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
        strictTransportSecurity: 'max-age=15552000',
      }),
    );
    theirs.get('/', (c) => c.body(null));
    const { headers } = await theirs.request('/');
    expect(Object.fromEntries(headers)).toEqual(
      Object.fromEntries(names.map((name) => [name.toLowerCase(), SECURE_HEADERS[name]])),
    );
  });

  it.each(['{"text":7}', '{'])('stand on the answer to %s, with the id of the request', async (body) => {
    const response = await check(body);
    expect(secure(response)).toEqual(SECURE_HEADERS);
    expect(response.headers.get('X-Request-Id')).toBe('r-1');
  });

  it('stand on a verdict as far as they mean something on data', async () => {
    const { headers } = await check('{"text":"x"}');
    expect(Object.fromEntries(headers)).toEqual({
      'content-type': 'application/json',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=15552000',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'r-1',
    });
  });

  it.each(['/healthz', '/nowhere', '/v1/check', '/metrics'])('stand on the answer at %s', async (path) => {
    const response = await app.request(path);
    expect(secure(response)).toEqual(SECURE_HEADERS);
    expect(response.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
