import { describe, expect, it } from 'vitest';
import type { Retain } from '../../src/store/store.ts';
import { fakeEngine, fakeSieve } from './fake-sieve.ts';
import { problemOf, storeApp, type StoreApp } from './store-app.ts';
import { NOW } from '../store/samples.ts';

const SPAM = { text: 'A casino stands here.', id: 'post-1' };

async function logged(service: StoreApp, admin: string, body: object = SPAM): Promise<string> {
  const response = await service.call(admin, 'POST', '/v1/check', body);
  expect(response.status).toBe(200);
  return response.headers.get('X-Verdict-Id') ?? 'none';
}

describe('the verdict log', () => {
  const service = storeApp({ rateLimit: null });
  const { call, key, store, clock } = service;

  it('has a verdict once its answer is there, with ids of its own', async () => {
    const admin = await key('t1', 'admin');
    const [first, second] = [await logged(service, admin), await logged(service, admin)];
    expect(first).not.toBe(second);
    expect(await (await call(admin, 'GET', `/v1/verdicts/${first}`)).json()).toMatchObject({
      id: first,
      documentId: 'post-1',
      verdict: 'clean',
      text: SPAM.text,
      spans: [{ start: 2, end: 8 }],
      expiresAt: new Date(clock.now + 30 * 86_400_000).toISOString(),
    });
  });

  it('uses the id of the answer where the client named none', async () => {
    const admin = await key('t2', 'admin');
    const response = await call(admin, 'POST', '/v1/check', { text: 'nine' });
    const { id } = (await response.json()) as { id: string };
    expect(response.headers.get('X-Verdict-Id')).toBe(id);
    expect((await call(admin, 'GET', `/v1/verdicts/${id}`)).status).toBe(200);
  });

  it('answers no check whose verdict it could not take', async () => {
    const put = () => Promise.reject(new Error('disk gone'));
    const broken = storeApp({ store: { ...store, verdicts: { ...store.verdicts, put } } });
    const response = await broken.call(await key('t3', 'admin'), 'POST', '/v1/check', SPAM);
    expect(await problemOf(response)).toBe('500 internal-error');
  });

  it.each<[Retain, boolean, boolean, boolean]>([
    ['full', true, true, true],
    ['spans', false, true, true],
    ['hash', false, false, true],
    ['none', false, false, false],
  ])('keeps with retain %s: text %j, spans %j, anything %j', async (retain, text, spans, anything) => {
    const admin = await key(`retain-${retain}`, 'admin');
    const settings = await call(admin, 'PUT', '/v1/policy', { policy: null, retain, retentionDays: 7 });
    expect(settings.status).toBe(200);
    const id = await logged(service, admin);
    const record = await store.verdicts.get(`retain-${retain}`, id, NOW);
    expect([record !== null, record?.text != null, record?.spans != null]).toEqual([anything, text, spans]);
    const usage = await (await call(admin, 'GET', '/v1/usage')).json();
    expect(usage).toEqual({
      days: [{ day: '2026-01-01', requests: 1, documents: 1, lines: 1, characters: 21, flagged: 1 }],
    });
    if (anything && !text) {
      expect(await problemOf(await call(admin, 'POST', `/v1/verdicts/${id}/replay`))).toBe('409 not-retained');
    }
  });

  it('is read page by page, newest first, and by verdict', async () => {
    const admin = await key('pages', 'admin');
    for (const n of [1, 2, 3]) {
      clock.now += 1;
      await logged(service, admin, { text: n === 2 ? 'casino' : 'nine', id: `post-${n}` });
    }
    const page = async (query: string) =>
      (await (await call(admin, 'GET', `/v1/verdicts?${query}`)).json()) as {
        verdicts: { documentId: string }[];
        next: string | null;
      };
    const first = await page('limit=2');
    expect(first.verdicts.map(({ documentId }) => documentId)).toEqual(['post-3', 'post-2']);
    const second = await page(`limit=2&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(second).toMatchObject({ verdicts: [{ documentId: 'post-1' }], next: null });
    expect((await page('verdict=clean')).verdicts).toMatchObject([{ documentId: 'post-2' }]);
    expect((await call(admin, 'GET', '/v1/verdicts?cursor=nonsense')).status).toBe(422);
    expect((await call(admin, 'GET', '/v1/verdicts?limit=1001')).status).toBe(422);
  });

  it('forgets on demand', async () => {
    const admin = await key('forget', 'admin');
    const path = `/v1/verdicts/${await logged(service, admin)}`;
    expect((await call(admin, 'DELETE', path)).status).toBe(204);
    expect((await call(admin, 'GET', path)).status).toBe(404);
    expect((await call(admin, 'DELETE', path)).status).toBe(404);
  });

  it('counts a batch as one request', async () => {
    const admin = await key('batch', 'admin');
    const rows = Array.from({ length: 300 }, (_, n) => `${JSON.stringify({ id: `${n}`, text: 'nine' })}\n`);
    const headers = { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/x-ndjson' };
    const sent = await service.app.request('/v1/check/batch', { method: 'POST', headers, body: rows.join('') });
    expect((await sent.text()).split('\n')).toHaveLength(301);
    expect(await (await call(admin, 'GET', '/v1/usage')).json()).toMatchObject({
      days: [{ requests: 1, documents: 300 }],
    });
  });
});

describe('a replay', () => {
  it('gives the same verdict with the same digests, and names those that differ', async () => {
    let engine = fakeEngine;
    const sieve = () => ({
      ...fakeSieve,
      check: (...given: Parameters<typeof fakeSieve.check>) => ({ ...fakeSieve.check(...given), engine }),
    });
    const service = storeApp({ sieve });
    const admin = await service.key('t', 'admin');
    const id = await logged(service, admin, { ...SPAM, explain: true });
    const replay = () => service.call(admin, 'POST', `/v1/verdicts/${id}/replay`);
    expect(await (await replay()).json()).toMatchObject({
      reproduced: true,
      verdict: { id: 'post-1', verdict: 'clean' },
    });
    engine = { ...engine, model: 'd'.repeat(64), policy: 'e'.repeat(64) };
    expect(await (await replay()).json()).toMatchObject({ status: 409, differs: ['model', 'policy'] });
  });
});
