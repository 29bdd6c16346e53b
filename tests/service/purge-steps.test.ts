import { expect, it } from 'vitest';
import { purgeInSteps } from '../../src/service/purge-steps.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { NOW, verdict } from '../store/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

it('a backlog of a store is forgotten in one go, as far as it is let', async () => {
  const folder = temporaryFolder();
  const store = openSqliteStore(folder.path('test.db'));
  const expired = Array.from({ length: 3_200 }, (_, i) => verdict(`v${i}`, { expiresAt: NOW }));
  await store.verdicts.put('a', [...expired, verdict('kept')]);
  const left = async () => (await store.verdicts.list('a', { limit: 1_000 }, NOW - 1)).items.length;
  let steps = 1;
  await purgeInSteps(store, NOW, () => ++steps <= 3);
  expect(await left()).toBe(201);
  await purgeInSteps(store, NOW, () => true);
  expect(await left()).toBe(1);
  await store.close();
  folder.remove();
});
