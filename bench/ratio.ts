/** Seconds of one call. */
export function seconds(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

/** How often each contender meets each item: so often that both have a time or more in which nothing else ran on the core. */
const ROUNDS = 60;

/**
 * How many times faster `a` is than `b` over all items, of which each takes both some microseconds: the sum of the best times of `b` over
 * that of `a`. They take turns item by item, round by round, so that no predictor sees an item twice in a row. Other work on the machine
 * only ever makes a time longer, and seldom meets the same item in every round: the best times agree between runs where medians do not.
 */
export function timesFaster<T>(items: readonly T[], a: (item: T) => unknown, b: (item: T) => unknown): number {
  const bests = [a, b].map((work) => ({ work, times: new Float64Array(items.length).fill(Infinity) }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, item] of items.entries()) {
      for (const { work, times } of bests)
        times[i] = Math.min(
          times[i],
          seconds(() => work(item)),
        );
    }
  }
  const [sumA, sumB] = bests.map(({ times }) => times.reduce((sum, time) => sum + time, 0));
  return sumB / sumA;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
