import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import first from '../../src/store/migrations/0001_store.sql?raw';
import second from '../../src/store/migrations/0002_learning.sql?raw';
import third from '../../src/store/migrations/0003_audits.sql?raw';
import campaign from '../../training-data/campaigns/gambling-tr.json';
import { createKey } from '../../src/service/api-key.ts';
import { d1Backend } from '../../src/store/d1-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { MIGRATIONS, MIGRATIONS_TABLE } from '../../src/store/schema.ts';
import worker from '../../src/worker.ts';

async function migrate(): Promise<void> {
  const table = `CREATE TABLE IF NOT EXISTS ${MIGRATIONS_TABLE} (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)`;
  await env.DB.prepare(table).run();
  const statements = [first, second, third]
    .flatMap((text) => text.split(/;\s*(?:\n|$)/))
    .filter((sql) => sql.trim() !== '');
  const noted = MIGRATIONS.map((name) =>
    env.DB.prepare(`INSERT INTO ${MIGRATIONS_TABLE} (name) VALUES (?1)`).bind(name),
  );
  await env.DB.batch([...statements.map((sql) => env.DB.prepare(sql)), ...noted]);
}

await migrate();
const { plain } = await createKey(
  openStore(d1Backend(env.DB)),
  'default',
  { name: 'test', scopes: ['admin'] },
  Date.now(),
);
const bindings = { ...env, LINESIEVE_STORE: 'd1' };

async function call(method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { Authorization: `Bearer ${plain}`, 'Content-Type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const work: Promise<unknown>[] = [];
  const context = {
    waitUntil: (one: Promise<unknown>) => void work.push(one),
    passThroughOnException: () => {},
    props: {},
  };
  const response = await worker.fetch(
    new Request(`http://service.test${path}`, { method, headers, ...sent }),
    bindings,
    context,
  );
  await Promise.all(work);
  return response;
}

const [brand] = campaign.brands;
const line = (from: number): string => [brand, ...campaign.phrases.slice(from, from + 4)].join(' - ');
const spansOf = async (text: string): Promise<unknown[]> =>
  (await (await call('POST', '/v1/check', { text })).json<{ spans: unknown[] }>()).spans;

describe('learning in workerd', () => {
  it('is seen at the next check; a build in R2 judges alike; both are taken back', async () => {
    expect(await spansOf(line(7))).toEqual([]);
    for (let at = 0; at < 5; at++) {
      expect((await call('POST', '/v1/samples', { text: line(2 * at), label: 'spam' })).status).toBe(201);
    }
    expect(await spansOf(line(7))).toHaveLength(1);
    const queued = await call('POST', '/v1/models/train', { reason: 'the new campaign' });
    expect(queued.status).toBe(202);
    const { id } = (await queued.json()) as { id: string };
    const job = (await (await call('GET', `/v1/models/jobs/${id}`)).json()) as { result: { digest: string } };
    expect(job).toMatchObject({ state: 'done', result: { passed: true, promoted: true } });
    expect((await env.MODELS.list({ prefix: 'models/default/' })).objects).toHaveLength(4);
    const checked = (await (await call('POST', '/v1/check', { text: line(7) })).json()) as {
      engine: { model: string };
    };
    expect(checked.engine.model).toBe(job.result.digest);
    expect((await call('POST', '/v1/models/rollback', { reason: 'a test' })).status).toBe(200);
    expect(await spansOf(line(7))).toEqual([]);
  });

  it('knows novel lines, and what the card of the model expects', async () => {
    const novel = 'A képviselőtestület hétfőn délelőtt ülésezett a városházán.';
    await spansOf(novel);
    const { questions } = await (await call('GET', '/v1/samples/queue')).json<{ questions: object[] }>();
    expect(questions).toContainEqual(expect.objectContaining({ text: novel, grounds: ['novel'] }));
    const drift = await (await call('GET', '/v1/models/drift')).json();
    expect(drift).toMatchObject({ drifted: false, card: { figures: [{ figure: 'line' }, {}, {}, {}] } });
  });

  it('has the API page', async () => {
    expect((await worker.fetch(new Request('http://service.test/docs'), bindings)).status).toBe(200);
  });
});
