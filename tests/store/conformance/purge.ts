import { expect, it } from 'vitest';
import { MIGRATIONS } from '../../../src/store/schema.ts';
import type { OpenEmpty } from '../conformance.ts';
import { delivery, HOUR, NOW, verdict, webhook } from '../samples.ts';

const DAY = 24 * HOUR;

export function purgeTests(openEmpty: OpenEmpty): void {
  it('purges every table, so many rows of each', async () => {
    const store = await openEmpty();
    const { verdicts, idempotency, rates, webhooks } = store;
    await webhooks.create('a', webhook('w'));
    for (const n of [1, 2]) {
      await verdicts.put('a', [verdict(`v${n}`, { expiresAt: NOW + DAY })]);
      await idempotency.begin('a', `k${n}`, 'request', NOW, NOW + DAY);
      await rates.take(`k${n}`, NOW, { limit: 1, windowSeconds: 1 });
      await webhooks.enqueue('a', [delivery(`d${n}`, 'w')]);
    }
    for (const { id } of await webhooks.due(NOW, 9, 1)) await webhooks.succeed('a', id, 1, NOW);
    expect([await store.purge(NOW, 9), await store.purge(NOW + DAY, 1)]).toEqual([0, 3]);
    expect([await store.purge(NOW + 31 * DAY, 9), await store.purge(NOW + 31 * DAY, 9)]).toEqual([5, 0]);
    expect(await webhooks.list('a')).toHaveLength(1);
  });

  it('is well, and says with which schema', async () => {
    const { backend, schema } = await (await openEmpty()).health();
    expect(['sqlite', 'd1']).toContain(backend);
    expect(schema).toBe(MIGRATIONS.at(-1));
  });
}
