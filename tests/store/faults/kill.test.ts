import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/node/sqlite-database.ts';
import { createRandom } from '../../../src/training/random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { NOW } from '../samples.ts';

const ROUNDS = 10;
const WRITER = new URL('writer.ts', import.meta.url).pathname;

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Ids that the writer saw acknowledged before it was killed, after `least` of them and at any point of the next writes. */
async function acknowledgedUntilKilled(file: string, round: number, least: number, by: string): Promise<string[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WRITER, file, String(round), by]);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > least) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}

describe.each(['own', 'thread'])('kill -9 in the middle of writes committed by %s', (by) => {
  it(`loses nothing that was acknowledged, ${ROUNDS} times on one file`, async () => {
    const file = folder.path(`killed-${by}.db`);
    const random = createRandom(4);
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      acknowledged.push(...(await acknowledgedUntilKilled(file, round, 20 + random.int(200), by)));
      const store = openSqliteStore(file);
      for (const id of acknowledged) expect((await store.verdicts.get('site', id, NOW))?.id, id).toBe(id);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    const database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  });
});
