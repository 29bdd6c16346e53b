import { expect, it, vi } from 'vitest';
import { NOW, tenantSettings } from '../store/samples.ts';
import { storeApp, type StoreApp } from './store-app.ts';

const TEXT = { text: 'A casino with a secret.' };

it('a check reads the store once, and sees every change that was made before it', async () => {
  const { store, key, call, clock } = storeApp();
  const plain = await key('t', 'check');
  const reads = [vi.spyOn(store.keys, 'findByHash'), vi.spyOn(store.site, 'state'), vi.spyOn(store.settings, 'get')];
  const kept = async (): Promise<string | null> => {
    const id = (await call(plain, 'POST', '/v1/check', TEXT)).headers.get('X-Verdict-Id');
    return id === null ? 'nothing' : ((await store.verdicts.get('t', id, NOW))?.text ?? null);
  };
  expect(await kept()).toBe(TEXT.text);
  expect(reads.map((read) => read.mock.calls.length)).toEqual([1, 0, 0]);
  await store.settings.put('t', tenantSettings({ retain: 'hash' }));
  expect(await kept()).toBeNull();
  await store.settings.put('t', tenantSettings({ retain: 'none' }));
  expect(await kept()).toBe('nothing');
  const [{ id }] = await store.keys.list('t');
  await store.keys.revoke('t', id, clock.now);
  expect((await call(plain, 'POST', '/v1/check', TEXT)).status).toBe(401);
});

/** A batch whose rows are written one after another. */
function openBatch({ app }: StoreApp, plain: string) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const sent = Promise.resolve(
    app.request('/v1/check/batch', {
      method: 'POST',
      headers: { Authorization: `Bearer ${plain}`, 'Content-Type': 'application/x-ndjson' },
      body: readable,
      duplex: 'half',
    } as RequestInit),
  );
  const write = (id: string) => writer.write(new TextEncoder().encode(`${JSON.stringify({ id, ...TEXT })}\n`));
  const reader = sent.then(({ body }) => body?.getReader());
  const read = async () => {
    const chunk = await (await reader)?.read();
    return chunk?.done === false ? new TextDecoder().decode(chunk.value) : null;
  };
  return { write, read, end: () => writer.close() };
}

it('a stream that goes on does not keep by settings of its start', async () => {
  const service = storeApp();
  const { store, key, clock } = service;
  const batch = openBatch(service, await key('t', 'check'));
  void batch.write('early');
  await batch.read();
  await store.settings.put('t', tenantSettings({ retain: 'none' }));
  clock.now += 1000;
  void batch.write('late');
  await batch.read();
  void batch.end();
  await batch.read();
  const { items } = await store.verdicts.list('t', { limit: 10 }, NOW);
  expect(items.map(({ documentId }) => documentId)).toEqual(['early']);
});

it('a stream ends with its key', async () => {
  const service = storeApp();
  const { store, key, clock } = service;
  const batch = openBatch(service, await key('t', 'check'));
  void batch.write('early');
  expect(await batch.read()).toContain('"early"');
  const [{ id }] = await store.keys.list('t');
  await store.keys.revoke('t', id, clock.now);
  clock.now += 1000;
  void batch.write('late').catch(() => {});
  expect(JSON.parse((await batch.read()) ?? '')).toMatchObject({ id: 'batch', error: { code: 'unauthorized' } });
  expect(await batch.read()).toBeNull();
  const { items } = await store.verdicts.list('t', { limit: 10 }, NOW);
  expect(items.map(({ documentId }) => documentId)).toEqual(['early']);
});

it('a request stays with the key that let it in, whatever else it carries', async () => {
  let now = NOW;
  // Every look at the clock is a second later: nothing that was read stays fresh.
  const { store, app, key } = storeApp({ clock: () => (now += 1000) });
  await store.settings.put('b', tenantSettings({ retain: 'none' }));
  const form = { api_key: await key('a', 'check'), blog: 'https://a.example', comment_content: TEXT.text };
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: `Bearer ${await key('b', 'check')}`,
  };
  const body = new URLSearchParams(form).toString();
  const response = await app.request('/1.1/comment-check', { method: 'POST', headers, body });
  expect(await response.text()).toBe('true');
  expect((await store.verdicts.list('a', { limit: 10 }, NOW)).items).toHaveLength(1);
});
