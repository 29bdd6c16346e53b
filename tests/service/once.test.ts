import { describe, expect, it } from 'vitest';
import { once } from '../../src/service/once.ts';

describe('once', () => {
  it('loads once, also for those that ask while it loads', async () => {
    let loads = 0;
    const get = once(async () => ({ load: ++loads }));
    const [first, second] = await Promise.all([get(), get()]);
    expect(first).toEqual({ load: 1 });
    expect(second).toBe(first);
    expect(await get()).toBe(first);
  });

  it('loads nothing before it is asked', () => {
    let loads = 0;
    once(async () => ++loads);
    expect(loads).toBe(0);
  });

  it('forgets a failure, thrown at once or later', async () => {
    const outcomes = [
      () => {
        throw new Error('at once');
      },
      () => Promise.reject(new Error('later')),
      () => Promise.resolve('loaded'),
    ];
    const get = once<string>(() => (outcomes.shift() ?? (() => Promise.resolve('again')))());
    await expect(get()).rejects.toThrow('at once');
    await expect(Promise.all([get(), get()])).rejects.toThrow('later');
    expect(await get()).toBe('loaded');
    expect(await get()).toBe('loaded');
  });
});
