import { expect, it, vi } from 'vitest';
import { problemOf, storeApp } from './store-app.ts';

const TEXT = { text: 'The library opens at nine.' };

it('counts the requests of a key, and says how many are left and when to come back', async () => {
  const { call, key, clock } = storeApp({ rateLimit: { limit: 2, windowSeconds: 10 } });
  const [one, two] = [await key('t', 'check'), await key('t', 'check')];
  const check = (plain: string) => call(plain, 'POST', '/v1/check', TEXT);
  const first = await check(one);
  expect(first.status).toBe(200);
  expect(first.headers.get('RateLimit-Policy')).toBe('"default";q=2;w=10');
  expect(first.headers.get('RateLimit')).toBe('"default";r=1;t=5');
  expect((await check(one)).headers.get('RateLimit')).toContain('r=0');
  const refused = await check(one);
  expect(refused.headers.get('Retry-After')).toBe('5');
  expect(refused.headers.get('RateLimit')).toContain('r=0');
  expect(await problemOf(refused)).toBe('429 rate-limited');
  expect((await check(two)).status).toBe(200);
  clock.now += 5000;
  expect((await check(one)).status).toBe(200);
});

it('is left to the counter of the runtime where there is one', async () => {
  const asked: string[] = [];
  let passes = true;
  const rateCounter = async (name: string) => await Promise.resolve((asked.push(name), passes));
  const { store, app, key } = storeApp({ rateLimit: { limit: 2, windowSeconds: 10 }, rateCounter });
  const take = vi.spyOn(store.rates, 'take');
  const headers = { Authorization: `Bearer ${await key('t', 'check')}`, 'Content-Type': 'application/json' };
  const check = async () => await app.request('/v1/check', { method: 'POST', headers, body: '{"text":"nine"}' });
  const answer = await check();
  expect([answer.status, answer.headers.get('RateLimit-Policy')]).toEqual([200, '"default";q=2;w=10']);
  expect(answer.headers.get('RateLimit')).toBeNull();
  passes = false;
  const refused = await check();
  expect(refused.headers.get('Retry-After')).toBe('10');
  expect(await problemOf(refused)).toBe('429 rate-limited');
  const [{ id }] = await store.keys.list('t');
  expect(asked).toEqual([`key ${id}`, `key ${id}`]);
  expect(take).not.toHaveBeenCalled();
});

it('lets pages of other origins in only where it is set', async () => {
  const preflight = {
    method: 'OPTIONS',
    headers: { Origin: 'https://a.org', 'Access-Control-Request-Method': 'POST' },
  };
  const allowed = async (corsOrigins?: string[]) => {
    const { app } = storeApp(corsOrigins === undefined ? {} : { corsOrigins });
    return (await app.request('/v1/check', preflight)).headers.get('Access-Control-Allow-Origin');
  };
  expect(await allowed()).toBeNull();
  expect(await allowed(['https://b.org'])).toBeNull();
  expect(await allowed(['https://a.org'])).toBe('https://a.org');
  expect(await allowed(['*'])).toBe('*');
});

it('counts what comes by the protocol of Akismet too, and lets only keys in that may check', async () => {
  const { app, key } = storeApp({ rateLimit: { limit: 1, windowSeconds: 10 } });
  const verify = async (plain: string) => {
    const body = new URLSearchParams({ key: plain, blog: 'https://a.org' });
    const response = await app.request('/1.1/verify-key', { method: 'POST', body });
    return response.status === 200 ? await response.text() : await problemOf(response);
  };
  const good = await key('t', 'check');
  expect(await verify(good)).toBe('valid');
  expect(await verify(good)).toBe('429 rate-limited');
  expect(await verify(await key('t', 'rules'))).toBe('invalid');
  expect(await verify('ls_live_nothing')).toBe('invalid');
});
