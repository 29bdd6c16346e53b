import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineTable } from '../../src/bayes/line-table.ts';

it('holds what a Map would, whatever is added and taken back', () => {
  const step = fc.record({ id: fc.integer({ min: 0, max: 400 }), lines: fc.integer({ min: -3, max: 9 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
      const table = new LineTable();
      const map = new Map<number, number>();
      for (const { id, lines } of steps) {
        const added = Math.max(lines, -(map.get(id) ?? 0));
        table.add(id, added);
        map.set(id, (map.get(id) ?? 0) + added);
      }
      const inOrder = (pairs: Iterable<[number, number]>) =>
        [...pairs].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
      expect(inOrder(table)).toEqual(inOrder(map));
      for (const { id } of steps) expect(table.get(id)).toBe(map.get(id));
    }),
  );
});

it('takes every feature id that there is', () => {
  const table = new LineTable();
  for (let id = 0; id < 2 ** 18; id += 7) table.add(id, 2);
  expect([table.get(0), table.get(7), table.get(8), table.get(2 ** 18 - 2)]).toEqual([2, 2, 0, 0]);
  expect([...table]).toHaveLength(Math.ceil(2 ** 18 / 7));
});
