import { setImmediate } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { collectGarbage, saveMemory } from '../../src/node/frugal-heap.ts';

/** Garbage that is seen to go. */
async function garbage(): Promise<WeakRef<object>> {
  const gone = new WeakRef({ rows: Array.from({ length: 1000 }, String) });
  // It is held until the end of the turn that has made it.
  await setImmediate();
  return gone;
}

it('memory is saved from the first long stream to the end of the last', async () => {
  const first = await garbage();
  const overFirst = saveMemory();
  expect(first.deref()).toBeUndefined();
  const second = await garbage();
  const overSecond = saveMemory();
  expect(second.deref()).toBeDefined();
  overFirst();
  overSecond();
  const third = await garbage();
  saveMemory()();
  expect(third.deref()).toBeUndefined();
});

it('a collection gives back the room for young objects', () => {
  const room = (): number =>
    getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? NaN;
  let held: string[][] = [];
  for (let i = 0; i < 400; i++) held = [...held.slice(-60), Array.from({ length: 5_000 }, (_, k) => `${i}.${k}`)];
  const grown = room();
  collectGarbage();
  expect(held).toHaveLength(61);
  expect(room()).toBeLessThan(grown / 2);
});
