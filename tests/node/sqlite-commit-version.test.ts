import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { CommitVersion } from '../../src/node/sqlite-commit-version.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
const file = folder.path('a.db');
const [ours, others] = [new DatabaseSync(file), new DatabaseSync(file)];
ours.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n)');
afterAll(() => {
  ours.close();
  others.close();
  folder.remove();
});

it('changes in the next turn with what others commit, at once with what we do, and not else', async () => {
  const version = new CommitVersion(ours);
  const first = version.read();
  await nextTurn();
  expect(version.read()).toBe(first);
  others.exec('INSERT INTO t VALUES (1)');
  await nextTurn();
  const second = version.read();
  expect(second).not.toBe(first);
  version.change();
  expect(version.read()).not.toBe(second);
});

it('asks SQLite once a turn', async () => {
  const version = new CommitVersion(ours);
  const first = version.read();
  others.exec('INSERT INTO t VALUES (2)');
  expect(version.read()).toBe(first);
  await nextTurn();
  expect(version.read()).not.toBe(first);
});
