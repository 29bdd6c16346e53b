import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startUpkeep } from '../../src/node/upkeep.ts';
import type { Sender } from '../../src/service/webhook-delivery.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store of which upkeep uses two methods. */
function storeWith(purge: () => Promise<number>, due: () => Promise<never[]>): Sender {
  return { store: { purge, webhooks: { due } } as unknown as Sender['store'] };
}

describe('upkeep', () => {
  it('sends what is due every five seconds, and forgets every minute', async () => {
    const purge = vi.fn(() => Promise.resolve(0));
    const due = vi.fn(() => Promise.resolve([]));
    const upkeep = startUpkeep(storeWith(purge, due), () => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect([due.mock.calls.length, purge.mock.calls.length]).toEqual([12, 1]);
    await upkeep.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([due.mock.calls.length, purge.mock.calls.length]).toEqual([12, 1]);
  });

  it('forgets in steps until nothing is left', async () => {
    let left = 3_500;
    const purge = vi.fn(() => {
      const deleted = Math.min(left, 1_000);
      left -= deleted;
      return Promise.resolve(deleted);
    });
    const upkeep = startUpkeep(
      storeWith(purge, () => Promise.resolve([])),
      () => {},
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(purge).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10);
    expect([purge.mock.calls.length, left]).toEqual([4, 0]);
    await upkeep.stop();
  });

  it('ends between two steps when it is stopped', async () => {
    const purge = vi.fn(() => Promise.resolve(1_000));
    const upkeep = startUpkeep(
      storeWith(purge, () => Promise.resolve([])),
      () => {},
    );
    await vi.advanceTimersByTimeAsync(60_000);
    const stopping = upkeep.stop();
    await vi.advanceTimersByTimeAsync(10);
    await stopping;
    const { length } = purge.mock.calls;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(purge).toHaveBeenCalledTimes(length);
  });

  it('goes on after a failure, which it reports', async () => {
    const told: unknown[] = [];
    const purge = vi.fn(() => Promise.reject(new Error('busy')));
    const upkeep = startUpkeep(
      storeWith(purge, () => Promise.resolve([])),
      (error) => told.push(error),
    );
    await vi.advanceTimersByTimeAsync(120_000);
    expect([purge.mock.calls.length, told]).toEqual([2, [new Error('busy'), new Error('busy')]]);
    await upkeep.stop();
  });

  it('does no job twice at a time, and ends when the one under way has', async () => {
    const late = Promise.withResolvers<number>();
    const purge = vi.fn(() => late.promise);
    const upkeep = startUpkeep(
      storeWith(purge, () => Promise.resolve([])),
      () => {},
    );
    await vi.advanceTimersByTimeAsync(180_000);
    expect(purge).toHaveBeenCalledTimes(1);
    let stopped = false;
    const stopping = upkeep.stop().then(() => (stopped = true));
    await vi.advanceTimersByTimeAsync(0);
    expect(stopped).toBe(false);
    late.resolve(0);
    await stopping;
    expect(stopped).toBe(true);
  });
});
