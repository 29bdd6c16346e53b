import { setTimeout as sleep } from 'node:timers/promises';

/** The time and waiting, so that tests need neither. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects with an AbortError when the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};
