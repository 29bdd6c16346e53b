import { expect, it } from 'vitest';
import type { IdempotencyState, IdempotencyStore, StoredResponse } from '../../../src/store/store.ts';
import type { OpenEmpty } from '../conformance.ts';
import { HOUR, NOW } from '../samples.ts';

const LOCK = NOW + 30_000;
const CREATED: StoredResponse = { status: 201, headers: { location: '/v1/keys/k1' }, body: '{"id":"k1"}' };

const begin = (store: IdempotencyStore, now = NOW): Promise<IdempotencyState> =>
  store.begin('a', 'key', 'request', now, now + 30_000);

async function tokenOf(begun: Promise<IdempotencyState>): Promise<string> {
  const state = await begun;
  expect(state.state).toBe('new');
  return state.state === 'new' ? state.token : '';
}

export function idempotencyTests(openEmpty: OpenEmpty): void {
  it('goes from new over in-progress to done', async () => {
    const { idempotency } = await openEmpty();
    const token = await tokenOf(begin(idempotency));
    expect(await begin(idempotency)).toEqual({ state: 'in-progress' });
    expect(await idempotency.finish('a', 'key', token, CREATED, NOW + HOUR)).toBe(true);
    expect(await begin(idempotency, NOW + HOUR - 1)).toEqual({ state: 'done', response: CREATED });
  });

  it('lets one of many begin', async () => {
    const { idempotency } = await openEmpty();
    const states = await Promise.all(Array.from({ length: 10 }, () => begin(idempotency)));
    expect(states.map(({ state }) => state).sort()).toEqual([...Array<string>(9).fill('in-progress'), 'new']);
  });

  it('tells another request with the same key, at work and done', async () => {
    const { idempotency } = await openEmpty();
    const token = await tokenOf(begin(idempotency));
    const another = () => idempotency.begin('a', 'key', 'another request', NOW, LOCK);
    expect(await another()).toEqual({ state: 'conflict' });
    await idempotency.finish('a', 'key', token, CREATED, NOW + HOUR);
    expect(await another()).toEqual({ state: 'conflict' });
  });

  it('forgets when the time is over', async () => {
    const { idempotency } = await openEmpty();
    await idempotency.finish('a', 'key', await tokenOf(begin(idempotency)), CREATED, NOW + HOUR);
    await tokenOf(idempotency.begin('a', 'key', 'another request', NOW + HOUR, NOW + 2 * HOUR));
    expect(await begin(idempotency, NOW + HOUR)).toEqual({ state: 'conflict' });
  });

  it('gives the key of a run that died to the next, and keeps nothing of the dead', async () => {
    const { idempotency } = await openEmpty();
    const dead = await tokenOf(begin(idempotency));
    const next = await tokenOf(begin(idempotency, LOCK));
    expect(await idempotency.finish('a', 'key', dead, { ...CREATED, status: 500 }, NOW + HOUR)).toBe(false);
    await idempotency.abandon('a', 'key', dead);
    expect(await idempotency.finish('a', 'key', next, CREATED, NOW + HOUR)).toBe(true);
    expect(await begin(idempotency, LOCK)).toEqual({ state: 'done', response: CREATED });
  });

  it('gives an abandoned key free, but none that is done', async () => {
    const { idempotency } = await openEmpty();
    await idempotency.abandon('a', 'key', await tokenOf(begin(idempotency)));
    const token = await tokenOf(begin(idempotency));
    await idempotency.finish('a', 'key', token, CREATED, NOW + HOUR);
    await idempotency.abandon('a', 'key', token);
    expect(await begin(idempotency)).toMatchObject({ state: 'done' });
  });

  it('purges what is over', async () => {
    const { idempotency } = await openEmpty();
    for (const key of ['k1', 'k2', 'k3']) await idempotency.begin('a', key, 'request', NOW, NOW + 5);
    await begin(idempotency);
    expect(await idempotency.purgeExpired(NOW + 4, 9)).toBe(0);
    expect([await idempotency.purgeExpired(NOW + 5, 2), await idempotency.purgeExpired(NOW + 5, 2)]).toEqual([2, 1]);
    expect(await begin(idempotency)).toEqual({ state: 'in-progress' });
  });

  it('does not forget early when the clock jumps back', async () => {
    const { idempotency } = await openEmpty();
    await idempotency.finish('a', 'key', await tokenOf(begin(idempotency)), CREATED, NOW + HOUR);
    expect(await begin(idempotency, NOW - 48 * HOUR)).toMatchObject({ state: 'done' });
  });
}
