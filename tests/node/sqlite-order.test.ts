import { expect, it } from 'vitest';
import { packOrder, unpackOrder } from '../../src/node/sqlite-order.ts';
import type { Statements } from '../../src/node/sqlite-connection.ts';

const INSERT = 'INSERT INTO a VALUES (?1, ?2)';
const ADD = 'UPDATE b SET n = n + ?2 WHERE id = ?1';
const callers: readonly Statements[] = [
  [
    { sql: INSERT, params: ['x', null] },
    { sql: ADD, params: ['x', 1], addsFrom: 1 },
  ],
  [],
  [{ sql: INSERT, params: [{ sha256Of: '\ud83d' }, true] }],
  [{ sql: ADD, params: ['x', 2], addsFrom: 1 }],
];

it('comes out of another thread as it went in', () => {
  expect(unpackOrder(structuredClone(packOrder(callers)))).toStrictEqual(callers);
});

it('says each text once', () => {
  expect(packOrder(callers).texts).toStrictEqual([INSERT, ADD]);
  expect(packOrder([]).texts).toStrictEqual([]);
});
