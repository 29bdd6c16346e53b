import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS_TABLE, pendingMigrations } from '../store/schema.ts';
import { StoreError } from '../store/store-error.ts';
import { PACKAGE_FOLDER } from './package-folder.ts';
import { inTransaction } from './sqlite-transaction.ts';

/** Plain SQL, read from `src/` also by the built package: wrangler and Node apply the same files. */
export const MIGRATIONS_FOLDER = join(PACKAGE_FOLDER, 'src', 'store', 'migrations');

/** As wrangler makes it. */
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS ${MIGRATIONS_TABLE} (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Applies what the database lacks, each migration in a transaction of its own: one that fails leaves nothing behind, and of two
 * processes that start together one waits for the other. Throws a StoreError.
 */
export function migrateSqlite(database: DatabaseSync, read: (name: string) => string = readMigration): void {
  refuseForeign(database);
  while (migrateOnce(database, read));
}

/** Applies the next migration, if there is one; looks for it inside the transaction, where nobody else applies it. */
function migrateOnce(database: DatabaseSync, read: (name: string) => string): boolean {
  if (isMigrated(database)) return false;
  return inTransaction(database, () => {
    database.exec(CREATE_TABLE);
    const [next] = pendingMigrations(appliedMigrations(database));
    if (next === undefined) return false;
    database.exec(read(next));
    database.prepare(`INSERT INTO ${MIGRATIONS_TABLE} (name) VALUES (?1)`).run(next);
    return true;
  });
}

/** Read only, so that a database that is up to date is opened without waiting for its writers. */
function isMigrated(database: DatabaseSync): boolean {
  return hasTable(database, MIGRATIONS_TABLE) && pendingMigrations(appliedMigrations(database)).length === 0;
}

function appliedMigrations(database: DatabaseSync): string[] {
  return database
    .prepare(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`)
    .all()
    .map((row) => row['name'] as string);
}

function refuseForeign(database: DatabaseSync): void {
  if (hasTable(database, MIGRATIONS_TABLE)) return;
  const table = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").get();
  if (table === undefined) return;
  throw new StoreError(
    'bad-input',
    `it is a database of another program, with a table ${String(table['name'])}: name another file`,
  );
}

function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1").get(name) !== undefined;
}

function readMigration(name: string): string {
  return readFileSync(join(MIGRATIONS_FOLDER, name), 'utf8');
}
