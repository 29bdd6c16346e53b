import { setTimeout } from 'node:timers/promises';
import { createTestHarness } from 'wrangler';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKey } from '../../src/service/api-key.ts';
import { d1Backend, type D1Binding } from '../../src/store/d1-database.ts';
import { openStore } from '../../src/store/open-store.ts';

/** The pieces of the deployed bundle that are loaded when they are asked for, in workerd with D1, R2 and a queue. */
const edge = createTestHarness({ workers: [{ configPath: './wrangler.toml', vars: { LINESIEVE_STORE: 'd1' } }] });
let url: URL;
let headers: Record<string, string>;

beforeAll(async () => {
  ({ url } = await edge.listen());
  const worker = edge.getWorker();
  await worker.applyD1Migrations('DB');
  const store = openStore(d1Backend((await worker.getEnv())['DB'] as D1Binding));
  const { plain } = await createKey(store, 'default', { name: 'test', scopes: ['admin'] }, Date.now());
  headers = { Authorization: `Bearer ${plain}` };
});
afterAll(() => edge.close());

const ask = (path: string): Promise<Response> => fetch(new URL(path, url), { headers });
const send = (path: string, body: string, type = 'application/json'): Promise<Response> =>
  fetch(new URL(path, url), { method: 'POST', headers: { ...headers, 'Content-Type': type }, body });

/** Asks until the work is no longer under way. */
async function ended(path: string): Promise<{ state: string }> {
  for (;;) {
    const asked = (await (await ask(path)).json()) as { state: string };
    if (asked.state !== 'queued' && asked.state !== 'running' && asked.state !== 'planning') return asked;
    await setTimeout(100);
  }
}

it('an upload is audited by the queue and reported', async () => {
  const rows = ['会议昨日召开。', '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍'].map((text, i) =>
    JSON.stringify({ id: `d${i}`, text }),
  );
  const sent = await send('/v1/audits', rows.join('\n'), 'application/x-ndjson');
  expect(sent.status).toBe(202);
  const path = sent.headers.get('Location') ?? '';
  expect(await ended(path)).toMatchObject({ state: 'done' });
  const { findings } = (await (await ask(`${path}/findings`)).json()) as { findings: { id: string }[] };
  expect(findings.map(({ id }) => id)).toEqual(['d1']);
  expect((await ask(`${path}/reports/report.html`)).status).toBe(200);
});

it('a model is built from samples', async () => {
  for (const text of ['kartalbahis giriş - rulet masaları', 'kartalbahis yeni adres - canlı rulet'])
    expect((await send('/v1/samples', JSON.stringify({ text, label: 'spam' }))).status).toBe(201);
  const asked = await send('/v1/models/train', JSON.stringify({ reason: 'test' }));
  expect(asked.status).toBe(202);
  expect(await ended(asked.headers.get('Location') ?? '')).toMatchObject({ state: 'done' });
});

it('the description of the service is made', async () => {
  const { openapi, paths } = (await (await ask('/openapi.json')).json()) as { openapi: string; paths: object };
  expect(openapi).toBe('3.1.1');
  expect(Object.keys(paths)).toContain('/v1/audits');
});
