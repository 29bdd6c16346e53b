import { readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openSqliteStore, type SqliteStoreOptions } from '../../src/node/sqlite-database.ts';
import type { Store } from '../../src/store/store.ts';
import { NOW, verdict } from '../store/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const TEXT = 'line\n'.repeat(800);
const opened: Store[] = [];
afterEach(async () => await Promise.all(opened.splice(0).map((store) => store.close())));

let files = 0;
function open(options: SqliteStoreOptions): { store: Store; file: string } {
  const file = folder.path(`${files++}.db`);
  const store = openSqliteStore(file, options);
  opened.push(store);
  return { store, file };
}

function ids(file: string): string[] {
  const database = new DatabaseSync(file);
  const rows = database.prepare('SELECT id FROM verdicts ORDER BY id').all();
  database.close();
  return rows.map((row) => row['id'] as string);
}

describe.each(['own', 'thread'] as const)('writes committed by %s', (writes) => {
  it('are in the file when they are acknowledged', async () => {
    const { store, file } = open({ writes });
    await store.verdicts.put('site', [verdict('a', { text: TEXT })]);
    expect(ids(file)).toEqual(['a']);
    expect((await store.verdicts.get('site', 'a', NOW))?.text).toBe(TEXT);
  });

  it('of one turn go together, and the one that fails takes no other with it', async () => {
    const { store, file } = open({ writes });
    await store.verdicts.put('site', [verdict('taken')]);
    const put = (...names: string[]) =>
      store.verdicts.put(
        'site',
        names.map((name) => verdict(name)),
      );
    const settled = await Promise.allSettled([put('b'), put('c', 'taken'), put('d'), put('e')]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(settled[1]).toMatchObject({ reason: { name: 'StoreError', code: 'conflict' } });
    expect(ids(file)).toEqual(['b', 'd', 'e', 'taken']);
  });

  it('count what goes together for each site and day, and nothing for the one that fails', async () => {
    const { store } = open({ writes });
    await store.verdicts.put('site', [verdict('taken')]);
    const used = { requests: 1, documents: 2, lines: 3, characters: 4, flagged: 0 };
    const put = (site: string, id: string, day: string) => store.verdicts.put(site, [verdict(id)], { day, ...used });
    const rest = [put('site', 'b', '2026-01-01'), put('other', 'b', '2026-01-01'), put('site', 'c', '2026-01-02')];
    const puts = [put('site', 'a', '2026-01-01'), put('site', 'taken', '2026-01-01'), ...rest];
    const settled = await Promise.allSettled(puts);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    const counted = async (site: string) => await store.usage.range(site, '2026-01-01', '2026-01-03');
    const twice = { requests: 2, documents: 4, lines: 6, characters: 8, flagged: 0 };
    const days = [
      { day: '2026-01-01', ...twice },
      { day: '2026-01-02', ...used },
    ];
    expect([await counted('site'), await counted('other')]).toEqual([days, [{ day: '2026-01-01', ...used }]]);
    await Promise.all([
      put('site', 'd', '2026-01-01'),
      put('site', 'e', '2026-01-01'),
      put('other', 'd', '2026-01-01'),
    ]);
    expect((await counted('site'))[0]).toEqual({
      day: '2026-01-01',
      requests: 4,
      documents: 8,
      lines: 12,
      characters: 16,
      flagged: 0,
    });
    expect((await counted('other'))[0]?.requests).toBe(2);
  });

  it('that are under way are settled by a close, none is lost', async () => {
    const { store, file } = open({ writes });
    const puts = Array.from({ length: 200 }, (_, i) => store.verdicts.put('site', [verdict(`v${i}`, { text: TEXT })]));
    await store.close();
    expect(await Promise.allSettled(puts)).toEqual(puts.map(() => ({ status: 'fulfilled', value: undefined })));
    expect(ids(file)).toHaveLength(200);
  });

  it('that find no room fail with "full", and those after them go on when there is some', async () => {
    const { store } = open({ writes, mostPages: 120 });
    const put = (id: string) => store.verdicts.put('site', [verdict(id, { text: 'x'.repeat(20_000) })]);
    const kept: string[] = [];
    const fill = async () => {
      for (let i = 0; i < 100; i++) kept.push(`f${i}` as const, await put(`f${i}`).then(() => ''));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'full', message: expect.stringContaining('free some') });
    await store.verdicts.remove('site', 'f0');
    await put('after');
    expect((await store.verdicts.get('site', 'after', NOW))?.id).toBe('after');
  });
});

/** Locks of processes on a file, as Linux lists them. */
function locksOn(file: string): string[] {
  const { ino } = statSync(file);
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .filter((lock) => lock.includes(`:${ino} `));
}

describe.skipIf(process.platform !== 'linux').each(['own', 'thread'] as const)('a file written by %s', (writes) => {
  it('stays locked, so that no other program deletes its log when it closes it', async () => {
    const { store, file } = open({ writes });
    await store.verdicts.put('site', [verdict('a')]);
    expect(locksOn(file)).toEqual([expect.stringMatching(`POSIX +ADVISORY +READ ${process.pid} `)]);
  });
});

describe('a thread that writes', () => {
  it('has its log put into the file by another one, long before it is long', async () => {
    const { store, file } = open({ writes: 'thread' });
    const text = 'x'.repeat(20_000);
    const reached = async (bytes: number) => {
      for (let turn = 0; turn < 200 && statSync(file).size < bytes; turn++) {
        await store.verdicts.put('site', [verdict(`t${turn}`, { text })]);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return statSync(file).size;
    };
    expect(await reached(1_000_000)).toBeGreaterThanOrEqual(1_000_000);
  });

  it('holds nobody up while another process has the file', async () => {
    const { store, file } = open({ writes: 'thread' });
    await store.verdicts.put('site', [verdict('first')]);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    let isDone = false;
    const put = store.verdicts.put('site', [verdict('waits')]).then(() => (isDone = true));
    for (let turn = 0; turn < 20; turn++) {
      expect((await store.verdicts.get('site', 'first', NOW))?.id).toBe('first');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(isDone).toBe(false);
    other.exec('ROLLBACK');
    other.close();
    await put;
    expect(ids(file)).toEqual(['first', 'waits']);
  });

  it('that cannot open the file any more fails the write, says so, and is started anew for the next', async () => {
    const { store, file } = open({ writes: 'thread' });
    const database = new DatabaseSync(file);
    database.exec("INSERT INTO d1_migrations (name) VALUES ('0099_future.sql')");
    await expect(store.verdicts.put('site', [verdict('a')])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/thread that writes was lost.*0099_future/s),
    });
    database.exec("DELETE FROM d1_migrations WHERE name = '0099_future.sql'");
    database.close();
    await store.verdicts.put('site', [verdict('b')]);
    expect(ids(file)).toEqual(['b']);
  });
});
