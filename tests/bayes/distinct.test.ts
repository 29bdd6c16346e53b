import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Distinct } from '../../src/bayes/distinct.ts';

it('keeps each id once, in every call anew', () => {
  const distinct = new Distinct(10);
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (ids) => {
      const list = Uint32Array.from(ids);
      expect([...list.subarray(0, distinct.keep(list, list.length))]).toEqual([...new Set(ids)]);
    }),
  );
});
