import { expect, it, vi } from 'vitest';
import { lastKept } from '../src/last-kept.ts';

it('makes a value again only where the key is another than the last', () => {
  const make = vi.fn((key: number) => ({ key }));
  const kept = lastKept(make);
  expect(kept(1)).toBe(kept(1));
  expect(kept(2)).toEqual({ key: 2 });
  expect(kept(1)).toEqual({ key: 1 });
  expect(make.mock.calls).toEqual([[1], [2], [1]]);
});
