import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ensureFirstKey, isWellFormedKey } from '../../src/service/api-key.ts';
import { equalDigests } from '../../src/service/equal-digests.ts';
import { scopeOfPath, SCOPES } from '../../src/service/tenant.ts';
import { NOW } from '../store/samples.ts';
import { problemOf, storeApp } from './store-app.ts';

const { app, store, call, key, clock } = storeApp({ rateLimit: null });
const TEXT = { text: 'The library opens at nine.' };
const ROUTES = app.routes
  .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/v1/'))
  .map(({ method, path }) => ({ method, path: path.replaceAll(/:\w+/g, 'some-id') }));

describe('the first key', () => {
  it('is made once, may do everything, and is stored as its digest', async () => {
    const own = storeApp();
    const [first, second] = [await ensureFirstKey(own.store, NOW), await ensureFirstKey(own.store, NOW)];
    expect(second).toBeNull();
    expect((await own.call(first, 'GET', '/v1/keys')).status).toBe(200);
    const hash = createHash('sha256')
      .update(first ?? '')
      .digest('hex');
    expect((await own.store.keys.findByHash(hash))?.key).toMatchObject({ tenant: 'default', scopes: ['admin'] });
  });
});

describe('the shape of a key', () => {
  it('is a lower-case label of a host name with check digits', async () => {
    const plain = await key('shape', 'check');
    expect(plain).toMatch(/^ls_live_[0-9a-z]{55}$/);
    expect(isWellFormedKey(plain)).toBe(true);
    for (let at = 8; at < plain.length; at++) {
      const typo = plain[at] === 'x' ? 'y' : 'x';
      expect(isWellFormedKey(plain.slice(0, at) + typo + plain.slice(at + 1))).toBe(false);
    }
  });

  it('is told apart from an unknown key when it is mistyped', async () => {
    const plain = await key('shape', 'check');
    const cut = await call(plain.slice(0, -1), 'POST', '/v1/check', TEXT);
    expect(((await cut.json()) as { detail: string }).detail).toContain('mistyped');
  });
});

describe('every route under /v1', () => {
  it('is there to be tried', () => expect(ROUTES.length).toBeGreaterThan(18));

  it.each(ROUTES)('$method $path needs a key', async ({ method, path }) => {
    const response = await call(null, method, path);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="linesieve"');
    expect(await problemOf(response)).toBe('401 unauthorized');
    const wrong = await call('ls_live_nothing', method, path);
    expect(wrong.headers.get('WWW-Authenticate')).toContain('error="invalid_token"');
    expect(wrong.status).toBe(401);
  });

  it.each(ROUTES)('$method $path takes its scope only', async ({ method, path }) => {
    const needed = scopeOfPath(path);
    for (const scope of SCOPES) {
      const response = await call(await key('scopes', scope), method, path);
      if (scope === needed || scope === 'admin') expect([401, 403]).not.toContain(response.status);
      else expect(await response.json()).toMatchObject({ status: 403, scope: needed });
    }
  });
});

describe('a key', () => {
  it('ends when it expires', async () => {
    const admin = await key('ends', 'admin');
    const expiresAt = new Date(clock.now + 1000).toISOString();
    const made = await call(admin, 'POST', '/v1/keys', { name: 'short', scopes: ['check'], expiresAt });
    const { key: short } = (await made.json()) as { key: string };
    expect((await call(short, 'POST', '/v1/check', TEXT)).status).toBe(200);
    clock.now += 1000;
    expect((await call(short, 'POST', '/v1/check', TEXT)).status).toBe(401);
  });

  it('is noted as used, at most once a minute', async () => {
    const plain = await key('used', 'admin');
    const used = async () =>
      ((await (await call(plain, 'GET', '/v1/keys')).json()) as { keys: { lastUsedAt: string }[] }).keys[0]?.lastUsedAt;
    const first = new Date(clock.now).toISOString();
    expect(await used()).toBe(first);
    clock.now += 59_000;
    expect(await used()).toBe(first);
    clock.now += 1000;
    expect(await used()).not.toBe(first);
  });

  it('is not taken where the digest that the store found is another', async () => {
    const plain = await key('digest', 'check');
    const findByHash = store.keys.findByHash.bind(store.keys);
    const broken = {
      ...store,
      keys: { ...store.keys, findByHash: async () => await findByHash(await digestOf(plain)) },
    };
    const other = storeApp({ store: broken });
    const stranger = await other.key('stranger', 'check');
    expect((await other.call(plain, 'POST', '/v1/check', TEXT)).status).toBe(200);
    expect((await other.call(stranger, 'POST', '/v1/check', TEXT)).status).toBe(401);
  });
});

async function digestOf(plain: string): Promise<string> {
  return await Promise.resolve(createHash('sha256').update(plain).digest('hex'));
}

describe('equalDigests', () => {
  it.each([
    ['ab', 'ab', true],
    ['ab', 'ac', false],
    ['ab', 'bb', false],
    ['ab', 'abc', false],
    ['', '', true],
  ])('%j, %j: %j', (a, b, equal) => expect(equalDigests(a, b)).toBe(equal));
});

describe('without a store', () => {
  it('a check needs no key', async () => {
    const { call: ask } = storeApp({ store: undefined } as never);
    expect((await ask(null, 'POST', '/v1/check', TEXT)).status).toBe(200);
  });
});
