import { MOST_DELAY_MS, wholeNumber } from './whole-number.ts';

/** How often and how long to wait for a service that is busy or away. */
export interface RetryOptions {
  /**
   * Attempts after the first, at most 1000; 4 by default: where each fails at once, the last comes 3.75 to 7.5 s after the first, which
   * the restart of a process fits into, and which fits into the default time of a check.
   */
  readonly retries: number;
  /** The longest first wait in milliseconds, 500 by default; each further one is twice as long. */
  readonly baseMs: number;
  /**
   * The most in milliseconds, 30,000 by default, that counts of a doubled wait or of what the service asks for; with the jitter a wait
   * is at most one and a half times as long.
   */
  readonly mostMs: number;
}

export const DEFAULT_RETRY: RetryOptions = { retries: 4, baseMs: 500, mostMs: 30_000 };

/** What of `RetryOptions` is chosen; what is left out or undefined has its default. */
export type RetryChoice = { readonly [Name in keyof RetryOptions]?: RetryOptions[Name] | undefined };

/** More cannot be meant; and the doubled waits of so many are still numbers. */
const MOST_RETRIES = 1000;
/** What the service asks for and the jitter make one wait, which a timer must take. */
const MOST_WAIT_MS = Math.floor(MOST_DELAY_MS / 2);

/** The options with their defaults; throws a `RangeError` for what is no whole number within its bounds. */
export function retryOptionsOf({
  retries = DEFAULT_RETRY.retries,
  baseMs = DEFAULT_RETRY.baseMs,
  mostMs = DEFAULT_RETRY.mostMs,
}: RetryChoice = {}): RetryOptions {
  return {
    retries: wholeNumber('retry.retries', retries, 0, MOST_RETRIES),
    baseMs: wholeNumber('retry.baseMs', baseMs, 0, MOST_WAIT_MS),
    mostMs: wholeNumber('retry.mostMs', mostMs, 0, MOST_WAIT_MS),
  };
}

/**
 * Milliseconds to wait before attempt `attempt` (1 is the first repetition): equal jitter, half of an exponentially growing span and a
 * random share of its other half. The half makes sure that all waits together span a restart, the share that clients that failed
 * together do not come back together. Never less than `Retry-After` asks for.
 */
export function waitBefore(
  attempt: number,
  retryAfter: string | null,
  { baseMs, mostMs }: RetryOptions,
  random: () => number = Math.random,
): number {
  const half = Math.min(mostMs, baseMs * 2 ** (attempt - 1)) / 2;
  const asked = Math.min(mostMs, askedWait(retryAfter, Date.now()));
  return Math.max(asked, half) + random() * half;
}

/** `Retry-After` in milliseconds: seconds, or a date; 0 where it is missing or neither. */
export function askedWait(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  // `Date.parse` alone takes nearly anything for a date, -1 too.
  const date = /^\s*[A-Z][a-z]{2}, /.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
