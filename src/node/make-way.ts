/** Share of its time that the thread of requests is busy for where there are some to make way for. */
const BUSY = 0.03;
/**
 * What a build rests beside requests, as a multiple of what it worked: p99 of checks is 1.8 to 2.3 times what it is alone with 1, 1.7 with 2, 1.5 to 1.7
 * with 3, which makes 2.6 s of 1.3.
 */
const REST = 3;
/** Well within the lease of a job, however long a piece of work is. */
const MOST_REST_MS = 5_000;

/**
 * Milliseconds that a build rests after a piece of work. Stepping back leaves requests the cores, but not the caches, the memory and the collector's
 * helpers. `utilization`: of the event loop that answers requests, since the last piece.
 */
export function restAfter(workedMs: number, utilization: number): number {
  return utilization > BUSY ? Math.min(REST * workedMs, MOST_REST_MS) : 0;
}
