import { hash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { boundValue, isDigestOf, readRow } from '../store/binding.ts';
import type { Outcome, Parameter, Row, SqlValue, Statement } from '../store/database.ts';
import { StoreError } from '../store/store-error.ts';
import { storeErrorOf } from './sqlite-error.ts';
import { migrateSqlite } from './sqlite-migrations.ts';

export interface SqliteOptions {
  /**
   * What an acknowledged write outlives. `process` (the default): the death of the process at any point, `kill -9` included, since
   * it is in the operating system's hands by then (WAL with synchronous=NORMAL); a power failure may take the last seconds, never
   * the consistency. `power`: power failures too (synchronous=FULL), for one flush of the disk per write, some milliseconds.
   */
  readonly durability?: 'process' | 'power';
  /** `false` spares the check at start, which reads the whole file: for the workers of a process that has done it. */
  readonly check?: boolean;
  /** The most pages (of 4 KiB) that the file may grow to; unbounded by default. */
  readonly mostPages?: number;
}

export type Statements = readonly Statement[];

/** One open file, for one thread. */
export interface SqliteConnection {
  readonly database: DatabaseSync;
  /** Runs them in order, in the transaction that is open or each in its own. */
  readonly run: (statements: Statements) => Outcome[];
}

/** How long a write waits for another process; a purge of a thousand rows, the longest write there is, takes milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** 16 MB of log between two checkpoints, which flush the disk; four times SQLite's default, for writes as large as texts. */
const CHECKPOINT_PAGES = 4_000;

/** Statements kept prepared: the store has some fifty, and inserts of 1 to 20 rows. */
const MOST_PREPARED = 200;

/**
 * Opens the file, which is created where it is missing (readable by its owner only), checks it and applies the migrations it lacks. Throws a
 * StoreError: `corrupt`, `read-only`, `newer-schema`, `full`, `bad-input` (another program's), `unavailable`.
 */
export function openConnection(path: string, options: SqliteOptions): SqliteConnection {
  const database = openChecked(path, options);
  const prepare = statementCache(database);
  return { database, run: (statements) => statements.map(({ sql, params }) => runStatement(prepare(sql), params)) };
}

function openChecked(path: string, { durability = 'process', check = true, mostPages }: SqliteOptions): DatabaseSync {
  let database: DatabaseSync | null = null;
  try {
    createPrivate(path);
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}; PRAGMA synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`,
    );
    if (mostPages !== undefined) database.exec(`PRAGMA max_page_count = ${mostPages}`);
    if (check) quickCheck(database);
    migrateSqlite(database);
    return database;
  } catch (error) {
    database?.close();
    throw storeErrorOf(error, path);
  }
}

/**
 * The file holds webhook secrets and texts. SQLite gives its WAL file the same mode. A file that is there is not opened: to close it again would
 * drop the locks that this process has on it (POSIX), and the next one to close the database would take it for unused and delete its log
 * (https://sqlite.org/howtocorrupt.html, 2.2).
 */
function createPrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

function quickCheck(database: DatabaseSync): void {
  const complaint = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (complaint === 'ok') return;
  const remedy = 'restore a backup, or save what is left with "sqlite3 FILE .recover"';
  throw new StoreError('corrupt', `it is damaged (${String(complaint).replaceAll('\n', ' ')}): ${remedy}`);
}

interface Prepared {
  readonly statement: StatementSync;
  readonly givesRows: boolean;
}

function statementCache(database: DatabaseSync): (sql: string) => Prepared {
  const known = new Map<string, Prepared>();
  return (sql) => {
    const found = known.get(sql);
    if (found !== undefined) return found;
    if (known.size >= MOST_PREPARED) known.clear();
    const statement = database.prepare(sql);
    const prepared = { statement, givesRows: statement.columns().length > 0 };
    known.set(sql, prepared);
    return prepared;
  };
}

/** What nearly all writes come to: one object, which is handed from thread to thread once for all of them. */
export const ONE_CHANGE: Outcome = { rows: [], changes: 1 };

function runStatement({ statement, givesRows }: Prepared, params: readonly Parameter[]): Outcome {
  const values = params.map(bound);
  if (!givesRows) {
    const changes = Number(statement.run(...values).changes);
    return changes === 1 ? ONE_CHANGE : { rows: [], changes };
  }
  const rows = (statement.all(...values) as Row[]).map(readRow);
  return { rows, changes: rows.length };
}

function bound(value: Parameter): SqlValue {
  return isDigestOf(value) ? hash('sha256', value.sha256Of) : boundValue(value);
}
