import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/training/random.ts';

describe('createRandom', () => {
  it('repeats itself for a seed, and differs for another', () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.int(1_000_000));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('draws integers of the range evenly', () => {
    const random = createRandom(3);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 8_000; i++) counts[random.int(4)]++;
    expect(counts.every((count) => Math.abs(count - 2_000) < 200)).toBe(true);
  });

  it('picks by weight', () => {
    const random = createRandom(4);
    const picks = Array.from({ length: 4_000 }, () =>
      random.pick([
        ['a', 3],
        ['b', 1],
      ]),
    );
    expect(Math.abs(picks.filter((pick) => pick === 'a').length / 4_000 - 0.75)).toBeLessThan(0.03);
  });
});
