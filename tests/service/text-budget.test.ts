import { expect, it } from 'vitest';
import { withinBudget } from '../../src/service/text-budget.ts';
import { collected } from '../store/collected.ts';

async function* textsOf(...lengths: number[]) {
  for (const length of lengths) yield await Promise.resolve({ text: 'x'.repeat(length) });
}

it.each([
  [[2_000_000, 2_000_000, 1_000_000, 1], 3],
  [[9_000_000, 1], 1],
  [[], 0],
])('texts of %j characters: the first %i are looked through', async (lengths, count) => {
  expect(await collected(withinBudget(textsOf(...lengths)))).toHaveLength(count);
});

it('timers come in their turn between two texts', async () => {
  const seen: string[] = [];
  for await (const { text } of withinBudget(textsOf(1, 2))) {
    seen.push(text);
    setTimeout(() => seen.push('timer'), 0);
  }
  expect(seen).toEqual(['x', 'timer', 'xx', 'timer']);
});
