import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { FindingRow } from '../../../audit/finding-row.ts';
import { quoted, rowOfEntry } from '../sqlite-source.ts';
import type { CleanContent } from './clean-content.ts';
import { digestOf } from './digest.ts';
import { CHANGED, waits, type Left, type SourceFindings, type SourceFix } from './fix.ts';

interface CellChange {
  readonly update: string;
  readonly key: string;
  readonly before: string;
  readonly after: string;
  readonly waiting: number;
}

/** Guarded updates of the cells of an SQLite file, made in a copy that then takes its place. */
export function fixSqlite(path: string, rows: SourceFindings, clean: CleanContent): SourceFix {
  if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) {
    const reason = 'a program has the database open or left it half written; close it, then audit again';
    return { left: rows.map(({ place }) => ({ place, reason })), units: 0 };
  }
  const before = digestOf(readFileSync(path));
  const left: Left[] = [];
  const changes: CellChange[] = [];
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    for (const row of rows) {
      const change = changeOf(database, row, clean);
      if (typeof change === 'string') left.push({ place: row.place, reason: change });
      else {
        if (change.waiting > 0) left.push({ place: row.place, reason: waits(change.waiting) });
        if (change.after !== change.before) changes.push(change);
      }
    }
  } finally {
    database.close();
  }
  const units = changes.reduce((sum, change) => sum + change.before.length - change.after.length, 0);
  if (changes.length === 0) return { left, units };
  const stage = (to: string): void => {
    copyFileSync(path, to);
    update(to, changes);
  };
  return { left, units, file: { before, cuts: null, stage } };
}

function changeOf(database: DatabaseSync, row: FindingRow, clean: CleanContent): CellChange | string {
  const { table, key, value } = rowOfEntry(row.place.entry ?? '');
  const column = quoted(row.place.field ?? '');
  let before: unknown;
  try {
    const query = `SELECT ${column} AS content FROM ${quoted(table)} WHERE ${quoted(key)} = ?`;
    before = database.prepare(query).get(value)?.content;
  } catch {
    return CHANGED;
  }
  if (typeof before !== 'string' || digestOf(before) !== row.digest) return CHANGED;
  const { content: after, waiting } = clean(row, before);
  const update = `UPDATE ${quoted(table)} SET ${column} = ? WHERE ${quoted(key)} = ? AND ${column} = ?`;
  return { update, key: value, before, after, waiting };
}

function update(path: string, changes: readonly CellChange[]): void {
  const database = new DatabaseSync(path);
  try {
    database.exec('BEGIN IMMEDIATE');
    for (const { update: statement, key, before, after } of changes)
      database.prepare(statement).run(after, key, before);
    database.exec('COMMIT');
    // The copy is renamed: nothing of it may stay in a log beside it.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}
