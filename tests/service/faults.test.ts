import { mkdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteBackend, openSqliteStore } from '../../src/node/sqlite-database.ts';
import { createKey } from '../../src/service/api-key.ts';
import { d1Backend, type D1Binding } from '../../src/store/d1-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { problemOf, storeApp } from './store-app.ts';
import { NOW } from '../store/samples.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const DAY = 86_400_000;

/** A database in D1's shape of which every third call fails, before it is done and after it by turns. */
function failingD1(file: string): { binding: D1Binding; calls: { count: number; failed: number } } {
  const backend = openSqliteBackend(file);
  const calls = { count: 0, failed: 0 };
  const lost = (): Error => {
    calls.failed++;
    return new Error('D1_ERROR: Network connection lost.');
  };
  type Bound = Parameters<typeof backend.batch>[0][number];
  const binding = {
    prepare: (sql: string) => ({ bind: (...params: Bound['params']) => ({ sql, params }) }),
    async batch(statements: readonly Bound[]) {
      const isLost = ++calls.count % 3 === 0;
      if (isLost && calls.failed % 2 === 0) throw lost();
      const outcomes = await backend.batch(statements);
      if (isLost) throw lost();
      return outcomes.map(({ rows, changes }) => ({ results: rows, meta: { changes } }));
    },
  };
  return { binding: binding as unknown as D1Binding, calls };
}

describe('a D1 of which every third call fails', () => {
  it('loses nothing that was acknowledged, answers with problems otherwise, and is retried to the end', async () => {
    const file = folder.path('d1.db');
    const sound = openSqliteStore(file);
    const { binding, calls } = failingD1(file);
    const told: unknown[] = [];
    const { call } = storeApp({
      store: openStore(d1Backend(binding)),
      rateLimit: null,
      report: (error) => told.push(error),
    });
    const { plain } = await createKey(sound, 't', { name: 'test', scopes: ['check'] });
    const acknowledged: string[] = [];
    // Two and three calls: the failing one is another each time.
    const texts = ['The library opens at nine.', 'A casino.'];
    const answers = new Map<string, number>();
    for (let i = 0; acknowledged.length < 60; i++) {
      expect(i).toBeLessThan(1_000);
      const response = await call(plain, 'POST', '/v1/check', { text: texts[i % 2], id: `d${i}` });
      const id = response.headers.get('X-Verdict-Id');
      const answer = response.status === 200 ? '200' : await problemOf(response.clone());
      expect(await response.text()).not.toMatch(/D1|Network/);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (id !== null) acknowledged.push(id);
    }
    expect([...answers.keys()].sort()).toEqual(['200', '503 not-ready']);
    expect(calls.failed).toBeGreaterThan(20);
    // Every failure that a client saw; what fails beside an answer (a challenger) is told too.
    expect(told.length).toBeGreaterThanOrEqual(answers.get('503 not-ready') ?? 0);
    const [usage] = await sound.usage.range('t', '2000-01-01', '2100-01-01');
    const logged = (await sound.verdicts.list('t', { limit: 1_000 }, NOW)).items.length;
    // What was lost after it was done is in the log and in the counts alike, though it was not acknowledged.
    expect([usage?.documents, logged >= acknowledged.length]).toEqual([logged, true]);
    for (const id of acknowledged) expect((await sound.verdicts.get('t', id, NOW))?.id).toBe(id);
    await sound.close();
  });
});

/** A service on a file of its own in its own folder. */
async function serviceOn(name: string, options: { mostPages?: number } = {}) {
  mkdirSync(folder.path(name));
  const file = folder.path(name, 'store.db');
  const store = openSqliteStore(file, { ...options, writes: 'thread' });
  const told: { code?: string }[] = [];
  const app = storeApp({ store, report: (error) => told.push(error as { code?: string }) });
  const { plain } = await createKey(store, 't', { name: 'test', scopes: ['check'] });
  const check = async (text = 'A casino.') => await app.call(plain, 'POST', '/v1/check', { text });
  return { ...app, store, file, told, check };
}

async function closed(store: Store): Promise<void> {
  await store.close();
}

describe('a disk that is full', () => {
  it('fails what it has no room for with 503, says so to the operator, and goes on once there is room', async () => {
    const { store, app, told, check } = await serviceOn('full', { mostPages: 140 });
    let response = await check();
    for (let i = 0; response.status === 200 && i < 200; i++) response = await check(`casino ${'x'.repeat(20_000)}`);
    expect(await problemOf(response)).toBe('503 not-ready');
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(told.at(-1)?.code).toBe('full');
    for (const { id } of (await store.verdicts.list('t', { limit: 10 }, NOW)).items)
      await store.verdicts.remove('t', id);
    expect((await check()).status).toBe(200);
    expect((await app.request('/readyz')).status).toBe(200);
    await closed(store);
  });
});

describe('a clock that jumps back by a day', () => {
  it('locks no key out, loses no verdict, forgets no change and repeats no write', async () => {
    const { call, key, clock, store } = storeApp({ rateLimit: { limit: 3, windowSeconds: 10 } });
    const plain = await key('t', 'check', 'rules', 'samples', 'admin');
    const check = async () => await call(plain, 'POST', '/v1/check', { text: 'A casino.' });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await check()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    clock.now -= DAY;
    expect([200, 429]).toContain((await check()).status);
    clock.now += 10_000;
    const late = await check();
    expect(late.status).toBe(200);
    const { items } = await store.verdicts.list('t', { limit: 10 }, clock.now);
    expect(items.map(({ id }) => id)).toContain(late.headers.get('X-Verdict-Id'));
    await store.purge(clock.now, 1_000);
    expect((await store.verdicts.list('t', { limit: 10 }, clock.now)).items).toHaveLength(items.length);
  });

  it('keeps revocation, settings and Idempotency-Key as they are', async () => {
    const { call, key, clock, store } = storeApp({ rateLimit: null });
    const plain = await key('t', 'admin');
    const make = async () => {
      const wish = { name: 'made once', scopes: ['check'] };
      return await call(plain, 'POST', '/v1/keys', wish, { 'Idempotency-Key': 'one' });
    };
    const first = (await (await make()).json()) as { id: string; key: string };
    clock.now -= DAY;
    const again = await make();
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await again.json()).toEqual(first);
    expect((await call(first.key, 'POST', '/v1/check', { text: 'x' })).status).toBe(200);
    expect((await call(plain, 'PUT', '/v1/policy', { policy: null, retain: 'none' })).status).toBe(200);
    expect((await call(first.key, 'POST', '/v1/check', { text: 'x' })).headers.get('X-Verdict-Id')).toBeNull();
    await store.keys.revoke('t', first.id, clock.now);
    clock.now -= DAY;
    expect((await call(first.key, 'POST', '/v1/check', { text: 'x' })).status).toBe(401);
  });
});
