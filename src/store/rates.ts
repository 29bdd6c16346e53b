import type { RateLimit, RateStore, RateTaken } from './contract/rates.ts';
import type { Database, Row } from './database.ts';
import { StoreError } from './store-error.ts';

/**
 * The generic cell rate algorithm: one time per key, so no window has an edge at which twice the limit passes. `?2` is now, `?3` the
 * interval of one request, `?4` the window, `?5` the grace. A time further ahead than the window (the clock jumped back, or the
 * limit was lowered) counts as a window that is used up.
 */
const FULL_AT = 'MAX(MIN(full_at, ?2 + ?4), ?2)';
const ALLOWED = `${FULL_AT} + ?3 - ?5 <= ?2 + ?4`;
const TAKE =
  'INSERT INTO rates (key, full_at, allowed) VALUES (?1, ?2 + ?3, 1) ON CONFLICT (key) DO UPDATE SET' +
  ` allowed = ${ALLOWED}, full_at = ${FULL_AT} + CASE WHEN ${ALLOWED} THEN ?3 ELSE 0 END RETURNING full_at, allowed`;

/** Adding intervals to a time of today rounds by up to 0.0001 ms each: 1 ms absorbs some thousand of them, and is nothing to a client. */
const GRACE_MS = 1;

/** In milliseconds. */
interface Pace {
  readonly interval: number;
  readonly window: number;
  readonly grace: number;
}

export function rateStore(db: Database): RateStore {
  return {
    async take(key, now, limit) {
      const pace = paceOf(limit);
      const [row] = await db.all(TAKE, [key, now, pace.interval, pace.window, pace.grace]);
      return takenOf(row, now, pace);
    },
    async purgeIdle(now, limit) {
      const idle = 'SELECT key FROM rates WHERE full_at <= ?1 ORDER BY full_at LIMIT ?2';
      return (await db.run(`DELETE FROM rates WHERE key IN (${idle})`, [now, limit])).changes;
    },
  };
}

function paceOf({ limit, windowSeconds }: RateLimit): Pace {
  const window = windowSeconds * 1000;
  const interval = window / limit;
  if (Number.isInteger(limit) && limit >= 1 && window > 0)
    return { interval, window, grace: Math.min(GRACE_MS, interval / 2) };
  const given = `not ${limit} in ${windowSeconds} seconds`;
  throw new StoreError(
    'bad-input',
    `a rate limit is a whole number of requests, 1 or more, in a time above 0, ${given}`,
  );
}

function takenOf(row: Row, now: number, { interval, window, grace }: Pace): RateTaken {
  const wait = (row['full_at'] as number) - now;
  const remaining = Math.max(0, Math.floor((window - wait + grace) / interval));
  return {
    allowed: row['allowed'] === 1,
    remaining,
    resetSeconds: Math.ceil(wait / 1000),
    retryAfterSeconds: remaining > 0 ? 0 : Math.max(1, Math.ceil((wait + interval - grace - window) / 1000)),
  };
}
