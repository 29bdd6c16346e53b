import { expect, it } from 'vitest';
import type { Promotion } from '../../../src/store/store.ts';
import type { OpenEmpty } from '../conformance.ts';
import { model, NOW } from '../samples.ts';

const step = (from: string | null, to: string | null, at = NOW): Promotion => ({
  at,
  from,
  to,
  author: 'editor',
  reason: 'better',
});

export function modelTests(openEmpty: OpenEmpty): void {
  it('serves the base model at first', async () => {
    const { models } = await openEmpty();
    expect(await models.aliases('a')).toEqual({
      champion: null,
      previous: undefined,
      challenger: null,
      share: 0,
      learnFrom: 0,
      revision: 0,
    });
    expect([await models.history('a', 5), (await models.list('a', { limit: 5 })).items]).toEqual([[], []]);
  });

  it('gives a record back as it was put, and replaces it', async () => {
    const { models } = await openEmpty();
    await models.put('a', model('d1', { parent: 'd0' }));
    expect(await models.get('a', 'd1')).toEqual(model('d1', { parent: 'd0' }));
    await models.put('a', model('d1', { state: 'pruned' }));
    expect((await models.get('a', 'd1'))?.state).toBe('pruned');
    expect(await models.get('b', 'd1')).toBeNull();
  });

  it('lists the newest first, in pages', async () => {
    const { models } = await openEmpty();
    for (const at of [1, 3, 2]) await models.put('a', model(`d${at}`, { createdAt: NOW + at }));
    const first = await models.list('a', { limit: 2 });
    expect(first.items.map(({ digest }) => digest)).toEqual(['d3', 'd2']);
    const rest = await models.list('a', { limit: 2, cursor: first.next ?? '' });
    expect([rest.items.map(({ digest }) => digest), rest.next]).toEqual([['d1'], null]);
  });

  it('promotes in one step and remembers what was before', async () => {
    const { models } = await openEmpty();
    await models.promote('a', 0, step(null, 'd1'), 3);
    expect(await models.aliases('a')).toMatchObject({ champion: 'd1', previous: null, learnFrom: 3, revision: 1 });
    await models.promote('a', 1, step('d1', 'd2', NOW + 1), 3);
    await models.promote('a', 2, step('d2', 'd1', NOW + 2), 3);
    expect(await models.aliases('a')).toMatchObject({ champion: 'd1', previous: 'd2', revision: 3 });
    expect((await models.history('a', 2)).map(({ from, to }) => [from, to])).toEqual([
      ['d2', 'd1'],
      ['d1', 'd2'],
    ]);
    expect((await models.aliases('b')).champion).toBeNull();
  });

  it('promotes nothing for who looked at what is no more', async () => {
    const { models } = await openEmpty();
    await models.promote('a', 0, step(null, 'd1'), 3);
    await expect(models.promote('a', 0, step(null, 'd2'), 3)).rejects.toMatchObject({ code: 'conflict' });
    await expect(models.setChallenger('a', 7, 'd2', 0.5)).rejects.toMatchObject({ code: 'conflict' });
    expect(await models.aliases('a')).toMatchObject({ champion: 'd1', challenger: null, revision: 1 });
    expect(await models.history('a', 5)).toHaveLength(1);
  });

  it('of two that promote at once lets one through', async () => {
    const { models } = await openEmpty();
    const outcomes = await Promise.allSettled(['d1', 'd2'].map((to) => models.promote('a', 0, step(null, to), 3)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('has a challenger with a share of traffic', async () => {
    const { models } = await openEmpty();
    await models.setChallenger('a', 0, 'd1', 0.25);
    expect(await models.aliases('a')).toMatchObject({ champion: null, challenger: 'd1', share: 0.25, revision: 1 });
    await models.setChallenger('a', 1, null, 0);
    expect((await models.aliases('a')).challenger).toBeNull();
    await expect(models.setChallenger('a', 2, 'd1', 2)).rejects.toThrow();
  });
}
