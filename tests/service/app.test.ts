import { describe, expect, it } from 'vitest';
import { createApp, type AppOptions } from '../../src/service/app.ts';
import { fakeEngine, fakeSieve } from './fake-sieve.ts';

const JSON_HEADERS = { 'Content-Type': 'application/json' };

function appWith(options: Partial<AppOptions> = {}) {
  return createApp({ sieve: () => fakeSieve, version: '1.2.3', ...options });
}

function check(body: unknown, options: Partial<AppOptions> = {}, headers: Record<string, string> = {}) {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return appWith(options).request('/v1/check', {
    method: 'POST',
    headers: { ...JSON_HEADERS, ...headers },
    body: sent,
  });
}

describe('request ids', () => {
  it.each(['abc-123_x=', 'a'.repeat(128)])('takes over %s', async (id) => {
    const response = await check({ text: 7 }, {}, { 'X-Request-Id': id });
    expect(response.headers.get('X-Request-Id')).toBe(id);
    expect(await response.json()).toMatchObject({ requestId: id });
  });

  it.each(['', 'a b', 'a"b', '<b>', 'a'.repeat(129)])('replaces %j', async (id) => {
    const response = await check({ text: 'x' }, {}, { 'X-Request-Id': id });
    expect(response.headers.get('X-Request-Id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('errors that are ours', () => {
  it('are a fixed 500 without details, and are reported with the request', async () => {
    const told: [unknown, string][] = [];
    const response = await check(
      { text: 'detonate' },
      { report: (error, id) => told.push([error, id]) },
      { 'X-Request-Id': 'r-1' },
    );
    expect(response.status).toBe(500);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'tag:linesieve,2026:internal-error',
      title: 'Internal error',
      status: 500,
      detail: 'the request could not be answered; the fault is ours',
      requestId: 'r-1',
    });
    expect(told).toEqual([[new Error('secret of the engine'), 'r-1']]);
  });

  it.each(['/readyz', '/v1/check'])('are a 503 at %s while the model cannot be loaded, and heal', async (path) => {
    const told: unknown[] = [];
    let broken = true;
    const sieve = () => (broken ? Promise.reject(new Error('no file at /secret')) : fakeSieve);
    const app = appWith({ sieve, report: (error) => told.push(error) });
    const init = path === '/readyz' ? {} : { method: 'POST', headers: JSON_HEADERS, body: '{"text":"x"}' };
    const response = await app.request(path, init);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ type: 'tag:linesieve,2026:not-ready', title: 'Not ready' });
    expect(told).toEqual([new Error('no file at /secret')]);
    broken = false;
    expect((await app.request(path, init)).status).toBe(200);
  });

  it('do not need anybody to be told of them', async () => {
    expect((await check({ text: 'detonate' })).status).toBe(500);
  });
});

describe('limits', () => {
  it('hold for the length that is declared, before a byte is read', async () => {
    let pulls = 0;
    const body = new ReadableStream({ pull: () => void pulls++ }, { highWaterMark: 0 });
    const headers = { ...JSON_HEADERS, 'Content-Length': '5000001' };
    const response = await appWith().request('/v1/check', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      detail: expect.stringMatching(/^the body has 5000001 bytes, more than/),
    });
    expect(pulls).toBe(0);
  });

  it('stop a stream that never ends', async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: () => void (cancelled = true),
    });
    const init = { method: 'POST', headers: JSON_HEADERS, body, duplex: 'half' } as RequestInit;
    expect((await appWith().request('/v1/check', init)).status).toBe(413);
    expect(cancelled).toBe(true);
  });

  it('can be set, and are sharp', async () => {
    const body = '{"text":"x"}';
    expect((await check(body, { limits: { bodyBytes: body.length } })).status).toBe(200);
    const refused = await check(body, { limits: { bodyBytes: body.length - 1 } });
    expect(await refused.json()).toMatchObject({ status: 413, limit: body.length - 1 });
    expect(await (await check(body, { limits: { jsonDepth: 0 } })).json()).toMatchObject({ limit: 0, position: 0 });
  });

  it('take the body of the default limit', async () => {
    const text = 'a'.repeat(5_000_000 - '{"text":""}'.length);
    const response = await check({ text });
    expect(await response.json()).toMatchObject({ coverage: { characters: text.length } });
  });
});

describe('a body that breaks off', () => {
  it('is a 400, not an error of ours', async () => {
    const told: unknown[] = [];
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    const init = { method: 'POST', headers: JSON_HEADERS, body, duplex: 'half' } as RequestInit;
    const response = await appWith({ report: (error) => told.push(error) }).request('/v1/check', init);
    expect(await response.json()).toMatchObject({ status: 400, title: 'Unreadable body' });
    expect(told).toEqual([]);
  });
});

describe('what is echoed of a bad body', () => {
  it('is 20 faults at most', async () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]));
    const { errors } = (await (await check(many)).json()) as { errors: unknown[] };
    expect(errors).toHaveLength(20);
  });

  it('is the start of a long name, well-formed', async () => {
    const name = `${'n'.repeat(39)}😀${'n'.repeat(1_000_000)}`;
    const response = await check({ text: 'x', [name]: 1 });
    const body = await response.text();
    expect(body.length).toBeLessThan(1_000);
    expect(JSON.parse(body)).toMatchObject({
      errors: [{ pointer: '', detail: expect.stringContaining('1000041 characters') }],
    });
    expect(body).not.toMatch(/\\ud83d/);
  });
});

describe('health', () => {
  it('is alive without a model', async () => {
    const app = appWith({ sieve: () => Promise.reject(new Error('none')) });
    const response = await app.request('/healthz');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toEqual({ status: 'alive', version: '1.2.3' });
  });

  it('is ready with the digests of the engine', async () => {
    const response = await appWith().request('/readyz');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toEqual({ status: 'ready', engine: fakeEngine });
  });

  it('answers HEAD', async () => {
    expect((await appWith().request('/healthz', { method: 'HEAD' })).status).toBe(200);
    const refused = await appWith().request('/v1/check', { method: 'HEAD' });
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'POST']);
  });
});

describe('headers', () => {
  it.each(['/healthz', '/nowhere', '/v1/check'])('are strict at %s', async (path) => {
    const { headers } = await appWith().request(path);
    expect(headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=15552000');
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull();
  });
});
