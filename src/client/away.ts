import { LinesieveError } from './problem.ts';

/** Busy or restarting (429, 503), or a proxy that does not reach the service (502, 504). */
const AWAY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Whether the failure of a request means that the service is away, not that it refuses: one of those answers, or no whole answer at all.
 * The request may have had its effect all the same.
 */
export function isAway(error: unknown): boolean {
  return error instanceof LinesieveError ? AWAY.has(error.status) : isConnectionError(error);
}

/** `fetch` and the reading of a body reject with a `TypeError`, but on Workers with an `Error` that is marked `retryable`. */
function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && 'retryable' in error && error.retryable === true);
}

/** Whether a request that is sent again may fare better: the service is away, or still at work on the first with the same key. */
export function isPassing(error: unknown): boolean {
  return isAway(error) || (error instanceof LinesieveError && error.code === 'in-progress');
}
