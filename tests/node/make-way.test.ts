import { describe, expect, it } from 'vitest';
import { restAfter } from '../../src/node/make-way.ts';

describe('a build', () => {
  it.each([
    ['goes on where nobody asks', 40, 0, 0],
    ['goes on beside the beat of its own job', 40, 0.02, 0],
    ['rests three times as long as it worked beside requests', 40, 0.1, 120],
    ['rests no longer than its job can be silent for', 14_000, 0.9, 5_000],
  ])('%s', (_, worked, utilization, rest) => expect(restAfter(worked, utilization)).toBe(rest));
});
