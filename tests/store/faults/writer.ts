/** Writes verdicts two by two to the store in a file (file, round, `own` or `thread`), and prints the id of each one acknowledged. */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../src/node/sqlite-database.ts';
import { verdict } from '../samples.ts';

const store = openSqliteStore(process.argv[2], { writes: process.argv[4] === 'thread' ? 'thread' : 'own' });
const round = process.argv[3];
for (let i = 0; ; i++) {
  const ids = [`${round}-${i}-a`, `${round}-${i}-b`];
  await Promise.all(ids.map((id) => store.verdicts.put('site', [verdict(id, { text: 'line\n'.repeat(800) })])));
  writeSync(1, ids.map((id) => `${id}\n`).join(''));
}
