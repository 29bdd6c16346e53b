import { expect, it } from 'vitest';
import { orderedId } from '../src/ordered-id.ts';

it('an id is a UUID of version 7', () => {
  expect(orderedId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('begins with the milliseconds since 1970 (the example of RFC 9562, A.6)', () => {
  expect(orderedId(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7/);
  expect(orderedId(1)).toMatch(/^00000000-0001-7/);
});

it('sorts by time, and two of one time differ', () => {
  const ids = [1, 2, 255, 256, 65_536, Date.now()].map((now) => orderedId(now));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1000 }, () => orderedId(7))).size).toBe(1000);
});
