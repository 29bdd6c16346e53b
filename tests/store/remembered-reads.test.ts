import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openSqliteBackend } from '../../src/node/sqlite-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { RememberedReads } from '../../src/store/remembered-reads.ts';
import type { Store } from '../../src/store/store.ts';
import { apiKey, NOW, tenantSettings, verdict } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const opened: Store[] = [];
afterEach(async () => await Promise.all(opened.splice(0).map((store) => store.close())));

/** A store on a file that counts its look-ups of keys. */
function counting(file: string, writes: 'own' | 'thread') {
  const backend = openSqliteBackend(file, { writes });
  const reads = { count: 0 };
  const store = openStore({
    ...backend,
    async batch(statements) {
      if (statements.some(({ sql }) => sql.includes('k.hash = ?1'))) reads.count++;
      return await backend.batch(statements);
    },
  });
  opened.push(store);
  return { store, reads };
}

describe.each(['own', 'thread'] as const)('a key that is looked up again, written by %s', (writes) => {
  it('is read once while nothing is committed, and seen as it is after every commit', async () => {
    const { store, reads } = counting(folder.path(`${writes}.db`), writes);
    const find = async () => await store.keys.findByHash('hash of k1');
    expect(await find()).toBeNull();
    await store.keys.create('a', apiKey('k1'));
    expect((await find())?.key.revokedAt).toBeNull();
    const before = reads.count;
    for (let i = 0; i < 10; i++) await find();
    expect(reads.count).toBe(before);
    await store.settings.put('a', tenantSettings({ retain: 'none' }));
    expect((await find())?.site.settings?.retain).toBe('none');
    await store.keys.revoke('a', 'k1', NOW);
    expect((await find())?.key.revokedAt).toBe(NOW);
  });

  it('is seen as it is after a commit of another process', async () => {
    const file = folder.path(`${writes}-two.db`);
    const { store } = counting(file, writes);
    const { store: other } = counting(file, writes);
    await store.keys.create('a', apiKey('k1'));
    expect((await store.keys.findByHash('hash of k1'))?.key.revokedAt).toBeNull();
    await other.verdicts.put('a', [verdict('v')]);
    await other.keys.revoke('a', 'k1', NOW);
    expect((await store.keys.findByHash('hash of k1'))?.key.revokedAt).toBe(NOW);
  });
});

describe('remembered reads', () => {
  it('keep nothing that was read before a commit and arrived after it', async () => {
    let version = '1';
    const reads = new RememberedReads<string>({ version: () => version });
    let arrive: (value: string) => void = () => {};
    const slow = reads.read('k', () => new Promise((resolve) => (arrive = resolve)));
    version = '2';
    expect(await reads.read('k', async () => await Promise.resolve('new'))).toBe('new');
    arrive('old');
    expect(await slow).toBe('old');
    expect(await reads.read('k', () => Promise.reject(new Error('not asked')))).toBe('new');
  });

  it('keep nothing where the backend tells no version', async () => {
    const reads = new RememberedReads<number>({ version: () => null });
    let count = 0;
    const read = () => reads.read('k', async () => await Promise.resolve(++count));
    expect([await read(), await read()]).toEqual([1, 2]);
  });
});
