/** A source of reproducible randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, n). */
  int(n: number): number;
  /** One of the items, each as likely as its weight. */
  pick<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** One of the items, all equally likely. */
  oneOf<T>(items: readonly T[]): T;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded from one number and warmed up as its author advises. */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [seed | 0, (seed ^ 0x9e3779b9) | 0, 0x243f6a88, 1];
  const next32 = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next32();
  const next = (): number => next32() / 2 ** 32;
  const int = (n: number): number => Math.floor(next() * n);
  return { next, int, pick: (items) => pickWeighted(items, next()), oneOf: (items) => items[int(items.length)] };
}

function pickWeighted<T>(items: readonly (readonly [T, number])[], at: number): T {
  let left = at * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return items[items.length - 1][0];
}

/** Fisher–Yates, in place. */
export function shuffle(items: Uint32Array, random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [items[i], items[j]] = [items[j], items[i]];
  }
}
