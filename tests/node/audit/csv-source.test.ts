import { expect, it } from 'vitest';
import { delimiterOf } from '../../../src/node/audit/csv-source.ts';

it('the delimiter of a CSV file is that of its header', () => {
  expect(['id,text', 'id;date;text, all of it', 'id\ttext', 'text', '"a;b;c",d\n1;2;3'].map(delimiterOf)).toEqual([
    ',',
    ';',
    '\t',
    ',',
    ',',
  ]);
});
