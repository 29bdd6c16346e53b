import { expect, it } from 'vitest';
import type { OpenEmpty } from '../conformance.ts';

const ONE = { requests: 1, documents: 2, lines: 30, characters: 4000, flagged: 1 };

export function usageTests(openEmpty: OpenEmpty): void {
  it('adds up, none lost when many come together', async () => {
    const { usage } = await openEmpty();
    await Promise.all(Array.from({ length: 20 }, () => usage.add('a', '2026-01-02', ONE)));
    const sum = { requests: 20, documents: 40, lines: 600, characters: 80_000, flagged: 20 };
    expect(await usage.range('a', '2026-01-02', '2026-01-02')).toEqual([{ day: '2026-01-02', ...sum }]);
  });

  it('gives the days of a range, both ends included, in order', async () => {
    const { usage } = await openEmpty();
    for (const day of ['2026-02-01', '2025-12-31', '2026-01-01', '2026-01-31']) await usage.add('a', day, ONE);
    const days = (await usage.range('a', '2026-01-01', '2026-01-31')).map(({ day }) => day);
    expect(days).toEqual(['2026-01-01', '2026-01-31']);
    expect(await usage.range('a', '2026-01-31', '2026-01-01')).toEqual([]);
  });

  it('counts beyond 2^31', async () => {
    const { usage } = await openEmpty();
    for (let i = 0; i < 2; i++) await usage.add('a', '2026-01-01', { ...ONE, characters: 3_000_000_000 });
    expect((await usage.range('a', '2026-01-01', '2026-01-01'))[0]?.characters).toBe(6_000_000_000);
  });
}
