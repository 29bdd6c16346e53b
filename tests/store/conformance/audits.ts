import { expect, it } from 'vitest';
import type { AuditTotals, ClaimedAudit, Store } from '../../../src/store/store.ts';
import type { OpenEmpty } from '../conformance.ts';
import { audit, NOW } from '../samples.ts';

const NONE: AuditTotals = { documents: 0, flagged: 0, spans: 0, errors: 0, skipped: 0 };
const totals = (documents: number, flagged = 0): AuditTotals => ({ ...NONE, documents, flagged, spans: 2 * flagged });
const shards = (count: number) => Array.from({ length: count }, (_, shard) => ({ shard, digest: `digest-${shard}` }));

/** An audit whose shards may be checked. */
async function planned({ audits }: Store, id: string, count: number, more = {}): Promise<void> {
  await audits.create('a', audit(id, more));
  await audits.addShards('a', id, shards(count));
  expect(await audits.planned('a', id, NOW + 1)).toBe(true);
}

export function auditTests(openEmpty: OpenEmpty): void {
  it('keeps an audit, for its tenant alone', async () => {
    const { audits } = await openEmpty();
    await audits.create('a', audit('x', { policy: 'strict' }));
    expect(await audits.get('a', 'x')).toMatchObject({
      ...audit('x', { policy: 'strict' }),
      state: 'queued',
      totals: NONE,
      shards: 0,
      settled: 0,
      summary: null,
    });
    expect(await audits.get('b', 'x')).toBeNull();
    expect((await audits.list('b', { limit: 9 })).items).toEqual([]);
    expect(await audits.cancel('b', 'x', NOW)).toBe(false);
    expect(await audits.remove('b', 'x')).toBe(false);
  });

  it('lists the newest first, page by page', async () => {
    const { audits } = await openEmpty();
    for (const [at, id] of ['x', 'y', 'z'].entries()) await audits.create('a', audit(id, { createdAt: NOW + at }));
    const first = await audits.list('a', { limit: 2 });
    const second = await audits.list('a', { limit: 2, cursor: first.next ?? '' });
    expect([first, second].map(({ items }) => items.map(({ id }) => id))).toEqual([['z', 'y'], ['x']]);
    expect(second.next).toBeNull();
  });

  it('is planned by one, and again by another when that one is gone', async () => {
    const { audits } = await openEmpty();
    await audits.create('a', audit('x'));
    const claims = await Promise.all([1, 2, 3].map(() => audits.claimPlan(NOW, 1000)));
    expect(claims.filter((one) => one !== null)).toEqual([{ tenant: 'a', id: 'x', attempts: 1 }]);
    expect(await audits.takePlan('a', 'x', NOW + 999, 1000)).toBeNull();
    expect(await audits.takePlan('a', 'x', NOW + 1000, 1000)).toMatchObject({ attempts: 2 });
    await audits.addShards('a', 'x', shards(120));
    await audits.addShards('a', 'x', shards(121));
    expect(await audits.planned('a', 'x', NOW)).toBe(true);
    expect(await audits.planned('a', 'x', NOW)).toBe(false);
    await audits.addShards('a', 'x', shards(200));
    expect(await audits.get('a', 'x')).toMatchObject({ state: 'running', shards: 121, settled: 0 });
    expect(await audits.claimPlan(NOW + 9000, 1000)).toBeNull();
  });

  it('gives each shard to one worker, the oldest audit first', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await planned(store, 'late', 1, { createdAt: NOW + 5 });
    await planned(store, 'soon', 2);
    const claims = await Promise.all([1, 2, 3, 4].map(() => audits.claimShard(NOW, 1000)));
    const names = claims.map((one) => one && `${one.id} ${one.shard} ${one.digest}`);
    expect(new Set(names)).toEqual(new Set(['soon 0 digest-0', 'soon 1 digest-1', 'late 0 digest-0', null]));
    expect(await audits.claimShard(NOW + 1000, 1000)).toMatchObject({ id: 'soon', shard: 0, attempts: 2 });
  });

  it('counts what was found in a shard once, whoever comes with it how often', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await planned(store, 'x', 3);
    for (const attempt of [1, 2]) {
      expect(await audits.takeShard('a', 'x', 0, NOW, 1000)).toMatchObject({ attempts: attempt });
    }
    expect(await audits.settleShard('a', 'x', 0, totals(50, 3))).toBe(true);
    expect(await audits.settleShard('a', 'x', 0, totals(50, 3))).toBe(false);
    expect(await audits.failShard('a', 'x', 0, 'late')).toBe(false);
    expect(await audits.takeShard('a', 'x', 0, NOW + 5000, 1000)).toBeNull();
    expect(await audits.failShard('a', 'x', 1, 'it is damaged')).toBe(true);
    expect(await audits.settleShard('a', 'x', 2, totals(7))).toBe(true);
    expect(await audits.get('a', 'x')).toMatchObject({
      shards: 3,
      settled: 3,
      totals: { documents: 57, flagged: 3, spans: 6, errors: 1, skipped: 0 },
    });
    expect(await audits.shards('a', 'x', { after: -1, limit: 9 })).toMatchObject([
      { shard: 0, state: 'done', flagged: 3 },
      { shard: 1, state: 'failed', error: 'it is damaged' },
      { shard: 2, state: 'done' },
    ]);
    expect(await audits.shards('a', 'x', { after: -1, limit: 9, having: 'findings' })).toHaveLength(1);
    expect(await audits.shards('a', 'x', { after: -1, limit: 9, having: 'notices' })).toMatchObject([{ shard: 1 }]);
    expect(await audits.shards('a', 'x', { after: 1, limit: 9 })).toHaveLength(1);
  });

  it('is reported by one, once all shards are settled', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await planned(store, 'x', 2);
    await audits.settleShard('a', 'x', 0, totals(1));
    expect(await audits.openShards('a', 'x', -1, 9)).toEqual([1]);
    expect(await audits.claimReport(NOW, 1000)).toBeNull();
    await audits.settleShard('a', 'x', 1, totals(1));
    const claims = await Promise.all([1, 2].map(() => audits.takeReport('a', 'x', NOW, 1000)));
    const first = claims.find((one) => one !== null) as ClaimedAudit;
    expect(claims).toContain(null);
    const second = (await audits.claimReport(NOW + 1000, 1000)) as ClaimedAudit;
    expect(await audits.finish(first, { campaigns: 1 }, NOW + 1)).toBe(false);
    expect(await audits.finish(second, { campaigns: 2 }, NOW + 2)).toBe(true);
    expect(await audits.finish(second, { campaigns: 3 }, NOW + 3)).toBe(false);
    expect(await audits.get('a', 'x')).toMatchObject({ state: 'done', summary: { campaigns: 2 }, finishedAt: NOW + 2 });
    expect(await audits.fail('a', 'x', 'late', NOW)).toBe(false);
    expect(await audits.cancel('a', 'x', NOW)).toBe(false);
  });

  it('without a shard is reported at once', async () => {
    const store = await openEmpty();
    await planned(store, 'x', 0);
    expect(await store.audits.claimReport(NOW, 1000)).toMatchObject({ id: 'x' });
  });

  it('stops when it is cancelled or fails', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await planned(store, 'x', 2);
    await planned(store, 'y', 2);
    expect(await audits.cancel('a', 'x', NOW + 4)).toBe(true);
    expect(await audits.fail('a', 'y', 'no room', NOW + 5)).toBe(true);
    expect(await audits.claimShard(NOW, 1000)).toBeNull();
    expect(await audits.takeShard('a', 'x', 0, NOW, 1000)).toBeNull();
    expect(await audits.get('a', 'x')).toMatchObject({ state: 'cancelled', finishedAt: NOW + 4 });
    expect(await audits.get('a', 'y')).toMatchObject({ state: 'failed', error: 'no room' });
  });

  it('is run again when its time has come, once', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await planned(store, 'x', 0, { everyHours: 24, nextAt: NOW + 100 });
    expect(await audits.dueAgain(NOW + 100, 9)).toEqual([]);
    const claimed = (await audits.claimReport(NOW, 1000)) as ClaimedAudit;
    await audits.finish(claimed, {}, NOW);
    expect(await audits.dueAgain(NOW + 99, 9)).toEqual([]);
    expect(await audits.dueAgain(NOW + 100, 9)).toMatchObject([{ tenant: 'a', id: 'x', everyHours: 24 }]);
    const next = audit('x2', { everyHours: 24, nextAt: NOW + 200 });
    const taken = await Promise.all(['x2', 'x3'].map((id) => audits.repeat('a', 'x', { ...next, id })));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await audits.dueAgain(NOW + 9999, 9)).toEqual([]);
    expect((await audits.list('a', { limit: 9 })).items).toHaveLength(2);
    const newest = (await audits.list('a', { limit: 9 })).items.find(({ nextAt }) => nextAt !== null)?.id ?? '';
    expect(await audits.stopRepeating('a', newest)).toBe(true);
    expect(await audits.stopRepeating('a', newest)).toBe(false);
  });

  it('says where nothing is under way', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await audits.create('a', audit('queued'));
    await planned(store, 'running', 2);
    expect((await audits.stalled(NOW, 9)).map(({ id }) => id).sort()).toEqual(['queued', 'running']);
    await audits.takePlan('a', 'queued', NOW, 1000);
    await audits.takeShard('a', 'running', 1, NOW, 1000);
    expect(await audits.stalled(NOW, 9)).toEqual([]);
    expect(await audits.stalled(NOW + 1000, 9)).toHaveLength(2);
  });

  it('goes with its shards', async () => {
    const store = await openEmpty();
    const { audits } = store;
    await planned(store, 'x', 3, { expiresAt: NOW + 10 });
    await planned(store, 'y', 1, { expiresAt: NOW + 20 });
    expect(await audits.expired(NOW + 10, 9)).toEqual([{ tenant: 'a', id: 'x' }]);
    expect(await audits.remove('a', 'x')).toBe(true);
    expect(await audits.remove('a', 'x')).toBe(false);
    expect(await audits.shards('a', 'x', { after: -1, limit: 9 })).toEqual([]);
    expect(await audits.shards('a', 'y', { after: -1, limit: 9 })).toHaveLength(1);
  });
}
