import { StoreError } from './store-error.ts';

/** The most rows of one answer: what a client pages through in seconds, and what stays small in memory. */
const MOST_ROWS = 1000;

/** Throws `bad-input`. */
export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_ROWS) return;
  throw new StoreError('bad-input', `limit must be a whole number from 1 to ${MOST_ROWS}, not ${limit}`);
}
