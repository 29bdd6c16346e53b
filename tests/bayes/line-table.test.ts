import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LineTable } from '../../src/bayes/line-table.ts';

it('holds what a Map would, whatever is added and taken back', () => {
  const count = fc.integer({ min: -3, max: 9 });
  const step = fc.record({ id: fc.integer({ min: 0, max: 400 }), lines: count, beyond: count });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 900 }), (steps) => {
      const table = new LineTable();
      const map = new Map<number, [lines: number, beyond: number]>();
      for (const { id, lines, beyond } of steps) {
        const [before, besides] = map.get(id) ?? [0, 0];
        const added = [Math.max(lines, -before), Math.max(beyond, -besides)] as const;
        table.add(id, ...added);
        map.set(id, [before + added[0], besides + added[1]]);
      }
      const wanted = [...map].map(([id, [lines, beyond]]) => [id, lines, beyond]).filter(([, lines]) => lines > 0);
      const inOrder = (rows: Iterable<number[]>) => [...rows].sort(([a], [b]) => a - b);
      expect(inOrder(table)).toEqual(inOrder(wanted));
      const visited: number[][] = [];
      table.forEach((...row) => visited.push(row));
      expect(visited).toEqual([...table]);
      for (const { id } of steps) expect(table.get(id)).toBe(map.get(id)?.[0]);
    }),
  );
});

it('takes every feature id that there is', () => {
  const table = new LineTable();
  for (let id = 0; id < 2 ** 18; id += 7) table.add(id, 2);
  expect([table.get(0), table.get(7), table.get(8), table.get(2 ** 18 - 2)]).toEqual([2, 2, 0, 0]);
  expect([...table]).toHaveLength(Math.ceil(2 ** 18 / 7));
});
