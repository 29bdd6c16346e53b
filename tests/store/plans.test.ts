import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteBackend } from '../../src/node/sqlite-database.ts';
import { migrateSqlite } from '../../src/node/sqlite-migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { describeStore } from './conformance.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const statements = new Set<string>();

/** Scans that cost little: rows of the statement itself, tables that hold a few rows for each tenant and arrays in them, audits that are under way. */
const SMALL =
  /^SCAN (\d+-ROW VALUES CLAUSE|CONSTANT ROW|\(subquery.*|d1_migrations|api_keys.*|tenant_settings|json_each.*|sample_revisions|audits USING INDEX audits_open)$/;

function scansOf(database: DatabaseSync, sql: string): string[] {
  const details = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  const scans = details.map((row) => String(row['detail'])).filter((detail) => detail.startsWith('SCAN'));
  return scans.filter((detail) => !SMALL.test(detail)).map((detail) => `${detail}: ${sql}`);
}

describeStore('SQLite with its statements written down', async () => {
  const backend = openSqliteBackend(folder.path(`${crypto.randomUUID()}.db`));
  return openStore({
    ...backend,
    batch(batch) {
      for (const { sql } of batch) statements.add(sql);
      return backend.batch(batch);
    },
  });
});

describe('no statement', () => {
  it('scans a table that grows', () => {
    const database = new DatabaseSync(':memory:');
    migrateSqlite(database);
    expect(statements.size).toBeGreaterThan(35);
    expect([...statements].flatMap((sql) => scansOf(database, sql))).toEqual([]);
    database.close();
  });
});
