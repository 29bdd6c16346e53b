import { expect, it } from 'vitest';
import type { RateStore, RateTaken } from '../../../src/store/store.ts';
import type { OpenEmpty } from '../conformance.ts';
import { HOUR, NOW } from '../samples.ts';

/** One request a second on average, ten at once. */
const TEN = { limit: 10, windowSeconds: 10 };

async function takeAll(rates: RateStore, count: number, now: number, limit = TEN): Promise<RateTaken[]> {
  const taken: RateTaken[] = [];
  for (let i = 0; i < count; i++) taken.push(await rates.take('k', now, limit));
  return taken;
}

const allowedOf = (taken: readonly RateTaken[]): number => taken.filter(({ allowed }) => allowed).length;

export function rateTests(openEmpty: OpenEmpty): void {
  it('allows the limit at once and counts down', async () => {
    const { rates } = await openEmpty();
    const taken = await takeAll(rates, 11, NOW);
    expect(taken.map(({ remaining }) => remaining)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
    expect(allowedOf(taken)).toBe(10);
    expect(taken[0]).toEqual({ allowed: true, remaining: 9, resetSeconds: 1, retryAfterSeconds: 0 });
    expect(taken[10]).toEqual({ allowed: false, remaining: 0, resetSeconds: 10, retryAfterSeconds: 1 });
  });

  it('is exact when many ask at once', async () => {
    const { rates } = await openEmpty();
    const taken = await Promise.all(Array.from({ length: 40 }, () => rates.take('k', NOW, TEN)));
    expect(allowedOf(taken)).toBe(10);
  });

  it('allows again after the time that it names', async () => {
    const { rates } = await openEmpty();
    await takeAll(rates, 15, NOW);
    expect(allowedOf(await takeAll(rates, 1, NOW + 400))).toBe(0);
    expect(allowedOf(await takeAll(rates, 2, NOW + 1000))).toBe(1);
    expect(allowedOf(await takeAll(rates, 12, NOW + 11_000))).toBe(10);
  });

  it('lets no edge of a window pass twice the limit', async () => {
    const { rates } = await openEmpty();
    const taken = [...(await takeAll(rates, 10, NOW + 9_999)), ...(await takeAll(rates, 10, NOW + 10_001))];
    expect(allowedOf(taken)).toBe(10);
  });

  it('loses nothing to rounding, whatever the limit', async () => {
    const { rates } = await openEmpty();
    for (const limit of [1, 3, 7, 49]) {
      const taken: RateTaken[] = [];
      for (let i = 0; i < limit + 3; i++)
        taken.push(await rates.take(`of ${limit}`, NOW + 0.1, { limit, windowSeconds: 1 }));
      expect(allowedOf(taken), `limit ${limit}`).toBe(limit);
    }
  });

  it('keeps keys apart', async () => {
    const { rates } = await openEmpty();
    await takeAll(rates, 10, NOW);
    expect(await rates.take('k2', NOW, TEN)).toMatchObject({ allowed: true, remaining: 9 });
  });

  it('locks nobody out for longer than a window when the clock jumps back', async () => {
    const { rates } = await openEmpty();
    await takeAll(rates, 10, NOW + HOUR);
    expect(await rates.take('k', NOW, TEN)).toMatchObject({ allowed: false, resetSeconds: 10 });
    expect(allowedOf(await takeAll(rates, 12, NOW + 10_000))).toBe(10);
  });

  it('follows a limit that is changed', async () => {
    const { rates } = await openEmpty();
    await takeAll(rates, 10, NOW, { limit: 10, windowSeconds: 3600 });
    const lowered = await rates.take('k', NOW, { limit: 2, windowSeconds: 10 });
    expect(lowered).toEqual({ allowed: false, remaining: 0, resetSeconds: 10, retryAfterSeconds: 5 });
  });

  it.each([
    [0, 10],
    [1.5, 10],
    [10, 0],
    [10, -1],
  ])('refuses %d requests in %d seconds', async (limit, windowSeconds) => {
    const { rates } = await openEmpty();
    await expect(rates.take('k', NOW, { limit, windowSeconds })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('forgets who has the whole allowance again, nobody else', async () => {
    const { rates } = await openEmpty();
    await takeAll(rates, 10, NOW);
    await rates.take('k2', NOW, TEN);
    expect(await rates.purgeIdle(NOW + 1000, 9)).toBe(1);
    expect(await rates.take('k', NOW, TEN)).toMatchObject({ allowed: false });
    expect(await rates.purgeIdle(NOW + 10_000, 9)).toBe(1);
  });
}
