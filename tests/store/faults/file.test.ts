import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/node/sqlite-database.ts';
import { migrateSqlite } from '../../../src/node/sqlite-migrations.ts';
import { MIGRATIONS } from '../../../src/store/schema.ts';
import { NOW, verdict } from '../samples.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function filled(name: string, verdicts: number): Promise<string> {
  const file = folder.path(name);
  const store = openSqliteStore(file);
  const records = Array.from({ length: verdicts }, (_, i) => verdict(`v${i}`, { text: 'a line '.repeat(500) }));
  await store.verdicts.put('site', records);
  await store.close();
  return file;
}

/** How a user without rights fares with a file, who may pass through the folder of this test. */
function openedUnprivileged(...names: string[]): string {
  chmodSync(folder.path(), 0o755);
  const script = new URL('unprivileged.ts', import.meta.url).pathname;
  return spawnSync(process.execPath, [script, folder.path(...names)], { encoding: 'utf8' }).stdout;
}

describe('the file of the store', () => {
  it('is readable by its owner only', async () => {
    const file = await filled('mode.db', 1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is refused where it is damaged, and says what to do', async () => {
    const file = await filled('damaged.db', 100);
    const bytes = readFileSync(file);
    bytes.fill(0xaa, 4096 * 3, 4096 * 40);
    writeFileSync(file, bytes);
    expect(() => openSqliteStore(file)).toThrow(expect.objectContaining({ code: 'corrupt' }));
    expect(() => openSqliteStore(file)).toThrow(/damaged\.db.*restore a backup/s);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is refused where it is no database', () => {
    const file = folder.path('notes.txt');
    writeFileSync(file, 'these are notes, not tables. '.repeat(100));
    expect(() => openSqliteStore(file)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  it('is refused where another program made it, and left alone', () => {
    const file = folder.path('other.db');
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE customers (name TEXT)');
    other.close();
    expect(() => openSqliteStore(file)).toThrow(/another program.*customers.*name another file/s);
  });

  it('is refused where a newer version wrote it, with both versions named', async () => {
    const file = await filled('newer.db', 1);
    const database = new DatabaseSync(file);
    database.exec("INSERT INTO d1_migrations (name) VALUES ('0099_future.sql')");
    database.close();
    expect(() => openSqliteStore(file)).toThrow(expect.objectContaining({ code: 'newer-schema' }));
    expect(() => openSqliteStore(file)).toThrow(new RegExp(`0099_future.sql.*${String(MIGRATIONS.at(-1))}`, 's'));
  });

  it.skipIf(process.platform === 'win32')('is refused where its folder cannot be written, and says what to do', () => {
    mkdirSync(folder.path('locked'));
    chmodSync(folder.path('locked'), 0o555);
    expect(openedUnprivileged('locked', 'store.db')).toMatch(
      /^read-only: .*store\.db: .*write access to the file and its folder/,
    );
    chmodSync(folder.path('locked'), 0o755);
  });

  it.skipIf(process.platform === 'win32')(
    'is refused where it may be read and not written, and is left as it is',
    async () => {
      const file = await filled('readable.db', 1);
      const before = readFileSync(file);
      chmodSync(file, 0o444);
      expect(openedUnprivileged('readable.db')).toMatch(
        /^read-only: .*readable\.db: .*write access to the file and its folder/,
      );
      expect(readFileSync(file).equals(before)).toBe(true);
    },
  );

  it('is refused where its path is a folder', () => {
    mkdirSync(folder.path('folder.db'));
    expect(() => openSqliteStore(folder.path('folder.db'))).toThrow(/folder\.db/);
  });
});

describe('a migration that fails', () => {
  it('leaves nothing behind and can be tried again', () => {
    const database = new DatabaseSync(':memory:');
    expect(() => migrateSqlite(database, () => 'CREATE TABLE half (a); CREATE TABLE half (b)')).toThrow(/half/);
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
    migrateSqlite(database);
    expect(database.prepare('SELECT count(*) AS n FROM verdicts').get()).toEqual({ n: 0 });
  });
});

describe('a full disk', () => {
  it('fails the write that finds no room with "full", keeps the others and goes on when there is room', async () => {
    const file = await filled('full.db', 1);
    const store = openSqliteStore(file, { mostPages: 95 });
    const put = (id: string): Promise<void> => store.verdicts.put('site', [verdict(id, { text: 'x'.repeat(20_000) })]);
    const kept: string[] = [];
    const fill = async (): Promise<void> => {
      for (let i = 0; i < 100; i++) {
        await put(`f${i}`);
        kept.push(`f${i}`);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'full' });
    expect(kept.length).toBeGreaterThan(3);
    await store.verdicts.remove('site', kept.pop() as string);
    await put('after');
    for (const id of [...kept, 'after']) expect((await store.verdicts.get('site', id, NOW))?.id).toBe(id);
    await store.close();
  });
});
