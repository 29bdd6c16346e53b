/** Seconds of one call. */
export function seconds(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

/** How often each contender runs; they take turns, so that a change of the machine's speed meets both. */
const ROUNDS = 7;

/** Median over rounds of seconds(b) / seconds(a): how many times faster `a` is; both do the same amount of work. */
export function timesFaster(a: () => unknown, b: () => unknown): number {
  a();
  b();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = seconds(a);
    ratios.push(seconds(b) / first);
  }
  return median(ratios);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
