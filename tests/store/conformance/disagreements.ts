import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';
import { disagreement, NOW } from '../samples.ts';

const record = (id: string, at = NOW, expiresAt: number | null = null) => disagreement(id, { at, expiresAt });

export function disagreementTests(openEmpty: OpenEmpty): void {
  it('lists what was added, newest first, in pages, of one tenant', async () => {
    const { disagreements } = await openEmpty();
    await disagreements.add('a', [record('x', NOW), record('z', NOW + 2), { ...record('y', NOW + 1), spans: null }]);
    await disagreements.add('b', [record('x')]);
    const first = await disagreements.list('a', { limit: 2 });
    expect(first.items).toEqual([record('z', NOW + 2), { ...record('y', NOW + 1), spans: null }]);
    const rest = await disagreements.list('a', { limit: 2, cursor: first.next ?? '' });
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([['x'], null]);
  });

  it('forgets what is past its time, with the rest', async () => {
    const store = await openEmpty();
    await store.disagreements.add('a', [record('x', NOW, NOW + 1), record('y', NOW, NOW + 2), record('z')]);
    expect(await store.purge(NOW + 1, 10)).toBe(1);
    expect((await store.disagreements.list('a', { limit: 9 })).items.map(({ id }) => id)).toEqual(['z', 'y']);
  });
}
