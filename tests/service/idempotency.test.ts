import { describe, expect, it } from 'vitest';
import { openSealed, seal } from '../../src/service/seal.ts';
import { sample } from '../store/samples.ts';
import { problemOf, storeApp } from './store-app.ts';

const WISH = { name: 'cms', scopes: ['check'] };

describe('a write with an Idempotency-Key', () => {
  const service = storeApp();
  const once = (key: string, body: unknown, idempotencyKey: string, path = '/v1/keys') =>
    service.call(key, 'POST', path, body, { 'Idempotency-Key': idempotencyKey });

  const put = async (admin: string, body: ReadableStream, more: Record<string, string> = {}) => {
    const headers = { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json', 'Idempotency-Key': 'k-0' };
    const init = { method: 'PUT', headers: { ...headers, ...more }, body, duplex: 'half' };
    return await service.app.request('/v1/policy', init);
  };

  it('is done once, and answered twice the same', async () => {
    const admin = await service.key('once', 'admin');
    const first = await once(admin, WISH, 'k-1');
    const second = await once(admin, WISH, '"k-1"');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get('Location')).toBe(first.headers.get('Location'));
    expect(second.headers.get('Content-Type')).toBe('application/json');
    expect([first, second].map(({ headers }) => headers.get('Idempotency-Replayed'))).toEqual([null, 'true']);
    expect(await second.text()).toBe(await first.text());
    expect(await service.store.keys.list('once')).toHaveLength(2);
  });

  it('is refused with another body, and done again a day later', async () => {
    const admin = await service.key('again', 'admin');
    await once(admin, WISH, 'k-2');
    expect(await problemOf(await once(admin, { ...WISH, name: 'other' }, 'k-2'))).toBe('422 key-reused');
    service.clock.now += 24 * 3_600_000;
    expect((await once(admin, { ...WISH, name: 'other' }, 'k-2')).headers.has('Idempotency-Replayed')).toBe(false);
  });

  it('is refused with another query', async () => {
    const admin = await service.key('queries', 'admin');
    await service.store.samples.add('queries', [sample('s1', { author: 'ann' }), sample('s2', { author: 'bob' })]);
    const withdraw = (author: string, idempotencyKey: string) =>
      service.call(admin, 'DELETE', `/v1/samples?author=${author}`, undefined, { 'Idempotency-Key': idempotencyKey });
    expect(await (await withdraw('ann', 'k-7')).json()).toEqual({ withdrawn: 1 });
    expect(await problemOf(await withdraw('bob', 'k-7'))).toBe('422 key-reused');
    expect((await withdraw('ann', 'k-7')).headers.get('Idempotency-Replayed')).toBe('true');
    expect(await (await withdraw('bob', 'k-8')).json()).toEqual({ withdrawn: 1 });
  });

  it('is another one with another key of the same tenant', async () => {
    const [one, two] = [await service.key('two', 'admin'), await service.key('two', 'admin')];
    await once(one, WISH, 'k-3');
    const second = await once(two, WISH, 'k-3');
    expect([second.status, second.headers.has('Idempotency-Replayed')]).toEqual([201, false]);
  });

  it('that failed is tried anew', async () => {
    const admin = await service.key('failed', 'admin');
    expect((await once(admin, { name: '' }, 'k-4')).status).toBe(422);
    expect((await once(admin, WISH, 'k-4')).status).toBe(201);
  });

  it('waits while the first one is at work', async () => {
    const admin = await service.key('busy', 'admin');
    const { store } = service;
    const begin = store.idempotency.begin.bind(store.idempotency);
    const hanging = storeApp({
      store: {
        ...store,
        idempotency: {
          ...store.idempotency,
          // As if another process had begun a moment before.
          begin: async (...given) => {
            await begin(...given);
            return await begin(...given);
          },
        },
      },
    });
    const response = await hanging.call(admin, 'POST', '/v1/keys', WISH, { 'Idempotency-Key': 'k-5' });
    expect(response.headers.get('Retry-After')).toBe('1');
    expect(await problemOf(response)).toBe('409 in-progress');
  });

  it.each(['', 'two words', 'x'.repeat(256)])('is refused for the key %j', async (header) => {
    const admin = await service.key('shape', 'admin');
    expect((await once(admin, WISH, header)).status).toBe(422);
  });

  it('is refused for the length that it declares, before a byte is read', async () => {
    const admin = await service.key('long', 'admin');
    let pulls = 0;
    const body = new ReadableStream({ pull: () => void pulls++ }, { highWaterMark: 0 });
    const response = await put(admin, body, { 'Content-Length': '800000000' });
    expect(await problemOf(response)).toBe('413 too-large');
    expect(pulls).toBe(0);
  });

  it('is cut off at the limit where it declares no length', async () => {
    const admin = await service.key('endless', 'admin');
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: () => void (cancelled = true),
    });
    expect(await problemOf(await put(admin, body))).toBe('413 too-large');
    expect(cancelled).toBe(true);
  });

  it('leaves no secret in the store', async () => {
    const admin = await service.key('secret', 'admin');
    const answer = (await (await once(admin, WISH, 'k-6')).json()) as { key: string };
    const [own] = await service.store.keys.list('secret');
    expect(JSON.stringify(own)).not.toContain(answer.key);
    const sealed = await seal(answer.key, admin);
    expect(sealed).not.toContain(answer.key);
    expect(await openSealed(sealed, admin)).toBe(answer.key);
    await expect(openSealed(sealed, answer.key)).rejects.toThrow();
  });
});
