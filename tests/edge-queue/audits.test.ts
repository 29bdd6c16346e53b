import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import first from '../../src/store/migrations/0001_store.sql?raw';
import second from '../../src/store/migrations/0002_learning.sql?raw';
import third from '../../src/store/migrations/0003_audits.sql?raw';
import { createKey } from '../../src/service/api-key.ts';
import { d1Backend } from '../../src/store/d1-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { MIGRATIONS, MIGRATIONS_TABLE } from '../../src/store/schema.ts';
import worker from '../../src/worker.ts';
import { archiveOf } from '../service/web-archive.ts';
import { POISON, TALLY } from './faulty-worker.ts';

const SPAM = '国产精品一区二区_久久午夜无码_亚洲成人网站_在线观看视频';
const bindings = { ...env, LINESIEVE_STORE: 'd1' };

async function migrate(): Promise<void> {
  const table = `CREATE TABLE IF NOT EXISTS ${MIGRATIONS_TABLE} (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)`;
  await env.DB.prepare(table).run();
  const statements = [first, second, third]
    .flatMap((text) => text.split(/;\s*(?:\n|$)/))
    .filter((sql) => sql.trim() !== '');
  const noted = MIGRATIONS.map((name) =>
    env.DB.prepare(`INSERT INTO ${MIGRATIONS_TABLE} (name) VALUES (?1)`).bind(name),
  );
  await env.DB.batch([...[...statements, TALLY].map((sql) => env.DB.prepare(sql)), ...noted]);
}

await migrate();
const store = openStore(d1Backend(env.DB));
const { plain } = await createKey(store, 'default', { name: 'test', scopes: ['admin'] }, Date.now());

async function call(method: string, path: string, body?: BodyInit, type = 'application/x-ndjson'): Promise<Response> {
  const headers = { Authorization: `Bearer ${plain}`, 'Content-Type': type };
  const sent = body === undefined ? {} : { body };
  const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  return await worker.fetch(new Request(`http://service.test${path}`, { method, headers, ...sent }), bindings, context);
}

interface Audit {
  readonly id: string;
  readonly state: string;
}

async function over(id: string): Promise<Audit> {
  for (let turn = 0; turn < 600; turn++) {
    const audit = await (await call('GET', `/v1/audits/${id}`)).json<Audit>();
    if (!['queued', 'running', 'reporting'].includes(audit.state)) return audit;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the audit did not end');
}

async function tally(name: string): Promise<number> {
  const row = await env.DB.prepare('SELECT count FROM test_tally WHERE name = ?1')
    .bind(name)
    .first<{ count: number }>();
  return row?.count ?? 0;
}

it('an audit of 2,000 documents by a consumer that fails one time in five is complete, each document once', async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => {
    const honest = `The council met on day ${at} and adopted the budget for roads, schools and the library.`;
    return JSON.stringify({ id: `d${at}`, text: at % 10 === 4 ? `${honest}\n${SPAM}` : honest });
  });
  const asked = await call('POST', '/v1/audits', rows.join('\n'));
  expect(asked.status).toBe(202);
  const { id } = await asked.json<Audit>();
  const events = (await (await call('GET', `/v1/audits/${id}/events`)).text()).trim().split('\n\n');
  expect(events.slice(0, -1).every((event) => event.startsWith('event: progress\n'))).toBe(true);
  expect(events.length).toBeGreaterThan(2);
  expect(events.at(-1)).toMatch(/^event: finished\n/);
  expect(await over(id)).toMatchObject({
    state: 'done',
    totals: { documents: 2000, flagged: 200, spans: 200, errors: 0, skipped: 0 },
    summary: { campaigns: 1, complete: true },
  });
  const ids: string[] = [];
  for (let cursor: string | null = '-'; cursor !== null;) {
    const query: string = cursor === '-' ? '' : `?cursor=${cursor}`;
    const page = await (
      await call('GET', `/v1/audits/${id}/findings${query}`)
    ).json<{ findings: { id: string }[]; next: string | null }>();
    ids.push(...page.findings.map((row) => row.id));
    cursor = page.next;
  }
  expect(ids).toEqual(Array.from({ length: 200 }, (_, at) => `d${10 * at + 4}`));
  expect(await (await call('GET', `/v1/audits/${id}/reports/report.html`)).text()).toContain('2,000');
  expect((await tally('failed before')) + (await tally('failed after'))).toBeGreaterThanOrEqual(8);
}, 180_000);

it('what cannot be done however often it comes goes to the queue of the dead, and the audit ends without it', async () => {
  const rows = Array.from({ length: 120 }, (_, at) => JSON.stringify({ id: `d${at}`, text: at === 7 ? SPAM : 'x' }));
  const asked = await call('POST', `/v1/audits?author=${POISON}`, rows.join('\n'));
  const { id } = await asked.json<Audit>();
  expect(await over(id)).toMatchObject({ state: 'done', totals: { documents: 70, flagged: 1, errors: 1 } });
  // Once, and as often again as wrangler.toml says.
  expect(await tally('poisoned')).toBe(11);
  const { notices } = await (
    await call('GET', `/v1/audits/${id}/notices`)
  ).json<{ notices: { place: { source: string }; detail: string }[] }>();
  expect(notices).toMatchObject([{ place: { source: 'shard 1' }, detail: 'it failed however often it was tried' }]);
  // A message that comes when the audit is over changes nothing.
  const late = { body: { tenant: 'default', audit: id, step: 'shard', shard: 0 }, ack: () => {}, retry: () => {} };
  await worker.queue({ queue: 'linesieve-audits-dead', messages: [late] }, bindings);
  expect(await (await call('GET', `/v1/audits/${id}`)).json()).toMatchObject({ state: 'done', totals: { errors: 1 } });
}, 180_000);

it('a web archive is read here too, gzip member by gzip member', async () => {
  const pages = Array.from({ length: 60 }, (_, at) => ({
    address: `https://a.example/${at}`,
    body: new TextEncoder().encode(`<p>The council met on day ${at}.</p>${at % 20 === 7 ? `<p>${SPAM}</p>` : ''}`),
    contentType: 'text/html; charset=utf-8',
  }));
  const asked = await call('POST', '/v1/audits', await archiveOf(pages), 'application/warc');
  expect(asked.status).toBe(202);
  const { id } = await asked.json<Audit>();
  expect(await over(id)).toMatchObject({ state: 'done', totals: { documents: 60, flagged: 3, errors: 0, skipped: 0 } });
  const page = await (await call('GET', `/v1/audits/${id}/findings`)).json<{ findings: { id: string }[] }>();
  expect(page.findings.map((row) => row.id)).toEqual([7, 27, 47].map((at) => `https://a.example/${at}`));
}, 180_000);

it('the cron runs an audit again when it is due, once', async () => {
  const wish = JSON.stringify({ urls: ['http://10.0.0.1/page'], everyHours: 1 });
  const { id } = await (await call('POST', '/v1/audits', wish, 'application/json')).json<Audit>();
  // In workerd nothing outside is reached: what counts is that the page was asked for and refused.
  expect(await over(id)).toMatchObject({ state: 'done', totals: { documents: 0, errors: 1 } });
  await worker.scheduled(null, bindings);
  const ids = async (): Promise<string[]> => {
    const { audits } = await (await call('GET', '/v1/audits')).json<{ audits: (Audit & { source: object })[] }>();
    return audits.filter(({ source }) => 'addresses' in source).map((audit) => audit.id);
  };
  expect(await ids()).toEqual([id]);
  await env.DB.prepare('UPDATE audits SET next_at = 1 WHERE id = ?1').bind(id).run();
  await worker.scheduled(null, bindings);
  await worker.scheduled(null, bindings);
  const [again, ...before] = await ids();
  expect(before).toEqual([id]);
  expect(await over(again)).toMatchObject({ state: 'done', totals: { documents: 0, errors: 1 }, everyHours: 1 });
});
