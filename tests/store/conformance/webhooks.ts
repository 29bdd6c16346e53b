import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';
import { delivery, HOUR, NOW, webhook } from '../samples.ts';

const LEASE = 60_000;
const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

export function webhookTests(openEmpty: OpenEmpty): void {
  /** A store with webhook `w1` of tenant `a`, and the deliveries named, due at `NOW`. */
  const withDeliveries = async (...ids: string[]) => {
    const { webhooks } = await openEmpty();
    await webhooks.create('a', webhook('w1'));
    await webhooks.enqueue(
      'a',
      ids.map((id) => delivery(id, 'w1')),
    );
    return webhooks;
  };

  it('gives webhooks back as they were created, newest first', async () => {
    const { webhooks } = await openEmpty();
    const newer = webhook('w1', {
      createdAt: NOW + 1,
      disabledAt: NOW + 2,
      events: ['model.trained', 'audit.finished'],
    });
    await webhooks.create('a', webhook('w2'));
    await webhooks.create('a', newer);
    expect(await webhooks.list('a')).toEqual([newer, webhook('w2')]);
    expect(await webhooks.get('a', 'w2')).toEqual(webhook('w2'));
    expect(await webhooks.get('a', 'w3')).toBeNull();
    await expect(webhooks.create('a', webhook('w1'))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('creates no more than may be, however many are created at once', async () => {
    const { webhooks } = await openEmpty();
    await webhooks.create('b', webhook('w0'));
    const ids = Array.from({ length: 8 }, (_, i) => `w${i}`);
    const created = await Promise.all(ids.map((id) => webhooks.create('a', webhook(id), 5)));
    expect(created.filter(Boolean)).toHaveLength(5);
    expect(await webhooks.list('a')).toHaveLength(5);
    await webhooks.delete('a', (await webhooks.list('a'))[0]?.id ?? '');
    expect([await webhooks.create('a', webhook('x'), 5), await webhooks.create('a', webhook('y'), 5)]).toEqual([
      true,
      false,
    ]);
  });

  it('leases what is due with all that a sender needs', async () => {
    const webhooks = await withDeliveries('d1');
    await webhooks.enqueue('a', [delivery('later', 'w1', { nextAt: NOW + 1 })]);
    const [leased, ...others] = await webhooks.due(NOW, 10, LEASE);
    expect(others).toEqual([]);
    expect(leased).toEqual({
      ...delivery('d1', 'w1'),
      tenant: 'a',
      url: 'https://hooks.test/w1',
      secret: 'whsec_w1',
      state: 'pending',
      lastError: null,
      attempts: 1,
      nextAt: NOW + LEASE,
    });
  });

  it('leases nothing twice, however many senders ask at once', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `d${String(i).padStart(2, '0')}`);
    const webhooks = await withDeliveries(...ids);
    const leased = await Promise.all(Array.from({ length: 8 }, () => webhooks.due(NOW, 5, LEASE)));
    expect(idsOf(leased.flat()).sort()).toEqual(ids);
    expect(leased.every(({ length }) => length <= 5)).toBe(true);
  });

  it('leases what has waited longest first', async () => {
    const { webhooks } = await openEmpty();
    await webhooks.create('a', webhook('w1'));
    await webhooks.enqueue(
      'a',
      [3, 1, 2].map((n) => delivery(`d${n}`, 'w1', { nextAt: NOW - 1000 + n })),
    );
    const turns = [await webhooks.due(NOW, 2, LEASE), await webhooks.due(NOW, 2, LEASE)];
    expect(turns.map((turn) => idsOf(turn).sort())).toEqual([['d1', 'd2'], ['d3']]);
  });

  it('leases of all tenants in turn, however much one of them has waiting', async () => {
    const { webhooks } = await openEmpty();
    for (const [tenant, waiting, nextAt] of [
      ['a', 30, NOW - 9],
      ['b', 2, NOW - 1],
      ['c', 1, NOW],
    ] as const) {
      await webhooks.create(tenant, webhook('w1'));
      const ids = Array.from({ length: waiting }, (_, i) => `${tenant}${i}`);
      await webhooks.enqueue(
        tenant,
        ids.map((id, i) => delivery(id, 'w1', { nextAt: nextAt - waiting + i })),
      );
    }
    const rounds = [await webhooks.due(NOW, 5, LEASE), await webhooks.due(NOW, 2, LEASE)];
    expect(rounds.map((round) => idsOf(round).sort())).toEqual([
      ['a0', 'a1', 'b0', 'b1', 'c0'],
      ['a2', 'a3'],
    ]);
  });

  it('gives a delivery to another sender when the lease is over, and hears the first no more', async () => {
    const webhooks = await withDeliveries('d1');
    const [first] = await webhooks.due(NOW, 1, LEASE);
    expect(await webhooks.due(NOW + LEASE - 1, 1, LEASE)).toEqual([]);
    const [second] = await webhooks.due(NOW + LEASE, 1, LEASE);
    expect([first?.attempts, second?.attempts]).toEqual([1, 2]);
    expect(await webhooks.fail('a', 'd1', 1, null, 'late')).toBe(false);
    expect(await webhooks.succeed('a', 'd1', 1, NOW)).toBe(false);
    expect(await webhooks.succeed('a', 'd1', 2, NOW)).toBe(true);
    expect(await webhooks.due(NOW + HOUR, 9, LEASE)).toEqual([]);
  });

  it('tries again when it was told to, and gives up when told', async () => {
    const webhooks = await withDeliveries('d1');
    await webhooks.due(NOW, 1, LEASE);
    expect(await webhooks.fail('a', 'd1', 1, NOW + HOUR, 'status 503')).toBe(true);
    expect(await webhooks.due(NOW + HOUR - 1, 1, LEASE)).toEqual([]);
    expect(await webhooks.due(NOW + HOUR, 1, LEASE)).toMatchObject([{ attempts: 2, lastError: 'status 503' }]);
    expect(await webhooks.fail('a', 'd1', 2, null, 'status 410')).toBe(true);
    expect(await webhooks.due(NOW + 9 * HOUR, 1, LEASE)).toEqual([]);
    expect(await webhooks.deliveries('a', 'w1', 5)).toMatchObject([
      { state: 'failed', attempts: 2, lastError: 'status 410' },
    ]);
  });

  it('settles once', async () => {
    const webhooks = await withDeliveries('d1');
    await webhooks.due(NOW, 1, LEASE);
    const settled = [await webhooks.succeed('a', 'd1', 1, NOW), await webhooks.succeed('a', 'd1', 1, NOW)];
    expect([...settled, await webhooks.fail('a', 'd1', 1, NOW, 'late')]).toEqual([true, false, false]);
    expect(await webhooks.deliveries('a', 'w1', 5)).toMatchObject([{ state: 'delivered' }]);
  });

  it('queues all or none, and nothing for a webhook that is not there', async () => {
    const webhooks = await withDeliveries('d1');
    const batch = [delivery('d2', 'w1'), delivery('d3', 'missing')];
    await expect(webhooks.enqueue('a', batch)).rejects.toMatchObject({ code: 'conflict' });
    await expect(webhooks.enqueue('a', [delivery('d2', 'w1'), delivery('d1', 'w1')])).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(idsOf(await webhooks.deliveries('a', 'w1', 9))).toEqual(['d1']);
  });

  it('sends nothing to a disabled webhook, neither what waits nor what comes', async () => {
    const webhooks = await withDeliveries('d1');
    expect(await webhooks.disable('a', 'w1', NOW)).toBe(true);
    await webhooks.enqueue('a', [delivery('d2', 'w1')]);
    expect(await webhooks.due(NOW + HOUR, 9, LEASE)).toEqual([]);
    expect((await webhooks.deliveries('a', 'w1', 9)).map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(await webhooks.disable('a', 'w1', null)).toBe(true);
    await webhooks.enqueue('a', [delivery('d3', 'w1')]);
    expect(idsOf(await webhooks.due(NOW, 9, LEASE))).toEqual(['d3']);
    expect(await webhooks.disable('a', 'w2', NOW)).toBe(false);
  });

  it('deletes a webhook with its deliveries', async () => {
    const webhooks = await withDeliveries('d1', 'd2');
    expect([await webhooks.delete('a', 'w1'), await webhooks.delete('a', 'w1')]).toEqual([true, false]);
    expect([await webhooks.due(NOW, 9, LEASE), await webhooks.deliveries('a', 'w1', 9)]).toEqual([[], []]);
  });

  it('shows the newest deliveries first, as many as asked for', async () => {
    const { webhooks } = await openEmpty();
    await webhooks.create('a', webhook('w1'));
    await webhooks.enqueue(
      'a',
      [2, 3, 1].map((n) => delivery(`d${n}`, 'w1', { createdAt: NOW + n })),
    );
    expect(idsOf(await webhooks.deliveries('a', 'w1', 2))).toEqual(['d3', 'd2']);
  });

  it('purges what was settled, oldest first, never what waits', async () => {
    const webhooks = await withDeliveries('d1', 'd2', 'd3');
    const leased = await webhooks.due(NOW, 2, LEASE);
    for (const { id } of leased) await webhooks.succeed('a', id, 1, NOW);
    expect(await webhooks.purgeSettled(NOW, 9)).toBe(0);
    expect([await webhooks.purgeSettled(NOW + 1, 1), await webhooks.purgeSettled(NOW + 1, 9)]).toEqual([1, 1]);
    expect(await webhooks.deliveries('a', 'w1', 9)).toMatchObject([{ state: 'pending' }]);
  });

  it('hands out nothing early when the clock jumps back', async () => {
    const webhooks = await withDeliveries('d1');
    expect(await webhooks.due(NOW - HOUR, 9, LEASE)).toEqual([]);
    await webhooks.due(NOW, 9, LEASE);
    expect(await webhooks.due(NOW - HOUR, 9, LEASE)).toEqual([]);
  });
}
