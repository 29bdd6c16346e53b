import { expect, it } from 'vitest';
import type { ClaimedJob } from '../../../src/store/store.ts';
import type { OpenEmpty } from '../conformance.ts';
import { NOW } from '../samples.ts';

const job = (id: string, createdAt = NOW) => ({ id, kind: 'train', input: { reason: 'weekly' }, createdAt });

export function jobTests(openEmpty: OpenEmpty): void {
  it('queues a job and gives it back', async () => {
    const { jobs } = await openEmpty();
    await jobs.create('a', job('j1'));
    expect(await jobs.get('a', 'j1')).toEqual({
      ...job('j1'),
      state: 'queued',
      progress: 0,
      stage: '',
      result: null,
      error: null,
      startedAt: null,
      finishedAt: null,
      leaseUntil: null,
      attempts: 0,
    });
    expect(await jobs.get('b', 'j1')).toBeNull();
  });

  it('gives the oldest job of a kind to one worker', async () => {
    const { jobs } = await openEmpty();
    await jobs.create('a', job('j2', NOW + 1));
    await jobs.create('b', job('j1', NOW));
    await jobs.create('a', { ...job('j0', NOW - 1), kind: 'audit' });
    const claimed = await Promise.all([1, 2, 3].map(() => jobs.claim('train', NOW + 5, 1000)));
    expect(new Set(claimed.map((one) => one?.id))).toEqual(new Set(['j1', 'j2', undefined]));
    const first = claimed.find((one) => one?.id === 'j1');
    expect(first).toMatchObject({
      tenant: 'b',
      state: 'running',
      attempts: 1,
      leaseUntil: NOW + 1005,
      startedAt: NOW + 5,
    });
  });

  it('gives a job again whose worker is gone, and lets that one settle nothing', async () => {
    const { jobs } = await openEmpty();
    await jobs.create('a', job('j1'));
    const gone = (await jobs.claim('train', NOW, 1000)) as ClaimedJob;
    expect(await jobs.claim('train', NOW + 999, 1000)).toBeNull();
    expect(await jobs.beat(gone, 0.4, 'building', NOW + 2000)).toBe(true);
    expect(await jobs.claim('train', NOW + 1500, 1000)).toBeNull();
    const next = (await jobs.claim('train', NOW + 2000, 1000)) as ClaimedJob;
    expect([next.attempts, next.progress]).toEqual([2, 0.4]);
    expect(await jobs.beat(gone, 0.5, 'building', NOW + 9000)).toBe(false);
    expect(await jobs.finish(gone, {}, NOW)).toBe(false);
    expect(await jobs.finish(next, { digest: 'd1' }, NOW + 2001)).toBe(true);
    expect(await jobs.get('a', 'j1')).toMatchObject({
      state: 'done',
      progress: 1,
      result: { digest: 'd1' },
      finishedAt: NOW + 2001,
      leaseUntil: null,
    });
  });

  it('fails for good, or queues again', async () => {
    const { jobs } = await openEmpty();
    await jobs.create('a', job('j1'));
    const first = (await jobs.claim('train', NOW, 10)) as ClaimedJob;
    expect(await jobs.fail(first, 'the disk is full', true, NOW + 1)).toBe(true);
    expect(await jobs.get('a', 'j1')).toMatchObject({ state: 'queued', error: 'the disk is full', finishedAt: null });
    const second = (await jobs.claim('train', NOW + 2, 10)) as ClaimedJob;
    expect(await jobs.fail(second, 'again', false, NOW + 3)).toBe(true);
    expect(await jobs.get('a', 'j1')).toMatchObject({ state: 'failed', error: 'again', finishedAt: NOW + 3 });
    expect(await jobs.claim('train', NOW + 99, 10)).toBeNull();
  });

  it('is cancelled once, and its worker learns of it', async () => {
    const { jobs } = await openEmpty();
    await jobs.create('a', job('j1'));
    const claimed = (await jobs.claim('train', NOW, 1000)) as ClaimedJob;
    expect([await jobs.cancel('b', 'j1', NOW), await jobs.cancel('a', 'j1', NOW + 1)]).toEqual([false, true]);
    expect(await jobs.cancel('a', 'j1', NOW + 2)).toBe(false);
    expect(await jobs.beat(claimed, 0.5, 'building', NOW + 2000)).toBe(false);
    expect(await jobs.get('a', 'j1')).toMatchObject({ state: 'cancelled', finishedAt: NOW + 1 });
  });

  it('lists jobs of a kind, newest first, in pages', async () => {
    const { jobs } = await openEmpty();
    for (const at of [1, 3, 2]) await jobs.create('a', job(`j${at}`, NOW + at));
    await jobs.create('a', { ...job('x'), kind: 'audit' });
    const first = await jobs.list('a', { kind: 'train', limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['j3', 'j2']);
    const rest = await jobs.list('a', { kind: 'train', limit: 2, cursor: first.next ?? '' });
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([['j1'], null]);
  });
}
