import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { campaignLines, readCampaigns } from '../../scripts/campaigns.ts';
import { PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { folderModelFiles } from '../../src/node/model-files.ts';
import { decodeModel } from '../../src/bayes/codec.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const lines = campaignLines(readCampaigns()[2], 60, 5);

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly key: string | null;
}

/** A service in a process of its own on a data folder. */
async function start(data: string): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(PACKAGE_FOLDER, 'src/node/bin.ts'), 'serve', '--port', '0', '--data', data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const url = /on (http:\S+)/.exec(output)?.[1];
    if (url !== undefined) return { child, url, key: /once: (\S+)/.exec(output)?.[1] ?? null };
  }
  throw new Error(`the service did not start: ${output}`);
}

async function call(url: string, key: string, method: string, path: string, body?: unknown): Promise<Response> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  return await fetch(url + path, { method, headers, ...sent });
}

async function killed({ child }: Running): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function settled(url: string, key: string): Promise<string[]> {
  for (let turn = 0; turn < 600; turn++) {
    const { jobs } = (await (await call(url, key, 'GET', '/v1/models/jobs')).json()) as { jobs: { state: string }[] };
    if (jobs.every(({ state }) => state !== 'queued' && state !== 'running')) return jobs.map(({ state }) => state);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the builds did not end');
}

describe('a service that is killed while it learns', () => {
  it('comes back ten times with a whole model, and a registry that fits its files', { timeout: 180_000 }, async () => {
    const data = folder.path('data');
    let running = await start(data);
    const key = running.key ?? '';
    for (let round = 0; round < 10; round++) {
      const three = lines.slice(3 * round, 3 * round + 3);
      for (const text of three)
        await call(running.url, key, 'POST', '/v1/samples', { text, label: 'spam', author: `a${round}` });
      await call(running.url, key, 'POST', '/v1/models/train', { reason: `round ${round}` });
      // From right after the order to when promotion and its event are written.
      await new Promise((resolve) => setTimeout(resolve, round * 60));
      if (round % 3 === 2)
        void call(running.url, key, 'POST', '/v1/models/rollback', { reason: 'back' }).catch(() => {});
      await killed(running);
      running = await start(data);
      const checked = await call(running.url, key, 'POST', '/v1/check', { text: lines[50] });
      const { engine } = (await checked.json()) as { engine: { model: string; degraded?: string } };
      expect(engine.degraded).toBeUndefined();
    }
    // A build whose process died is taken up once its lease is over; here the lease is ended by hand.
    running.child.kill('SIGTERM');
    await once(running.child, 'exit');
    expire(join(data, 'linesieve.db'));
    running = await start(data);
    const states = await settled(running.url, key);
    expect(states).toHaveLength(10);
    expect(states.every((state) => state === 'done' || state === 'failed')).toBe(true);
    await killed(running);
    await expectConsistent(data);
  });
});

function expire(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("UPDATE jobs SET lease_until = 0 WHERE state = 'running'");
  database.close();
}

/** Every model of the registry has its files, whole, and the aliases name models of the registry. */
async function expectConsistent(data: string): Promise<void> {
  const store = openSqliteStore(join(data, 'linesieve.db'), { check: true });
  const { items } = await store.models.list('default', { limit: 100 });
  const files = folderModelFiles(join(data, 'models'));
  for (const { digest, state } of items) {
    if (state === 'pruned') continue;
    const bytes = await files.get('default', digest, 'model.bin');
    expect((await decodeModel(bytes ?? new Uint8Array())).digest).toBe(digest);
    const card = readFileSync(join(data, 'models', 'default', digest, 'card.json'), 'utf8');
    expect((JSON.parse(card) as { model: string }).model).toBe(digest);
  }
  const { champion, previous } = await store.models.aliases('default');
  const known = new Set<string | null | undefined>([null, undefined, ...items.map(({ digest }) => digest)]);
  expect([known.has(champion), known.has(previous)]).toEqual([true, true]);
  await store.close();
}
