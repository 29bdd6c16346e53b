import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { saveMemory } from '../../src/node/frugal-heap.ts';

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
