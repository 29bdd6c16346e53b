import { sha256Hex } from '../sha256.ts';
import { boundValue, isDigestOf, readRow } from './binding.ts';
import type { Backend, Outcome, Row, SqlValue, Statement } from './database.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';

/** As much of a D1 binding as is used; a structural type, so that nothing here depends on the platform's declarations. */
export interface D1Binding {
  prepare(sql: string): D1Statement;
  batch(statements: D1Statement[]): Promise<D1Outcome[]>;
}

interface D1Statement {
  bind(...values: SqlValue[]): D1Statement;
}

interface D1Outcome {
  readonly results: unknown[];
  readonly meta: { readonly changes: number };
}

/** A backend on a D1 binding; its `batch` is a transaction there. Close is a no-op: the platform owns the connection. */
export function d1Backend(binding: D1Binding): Backend {
  return {
    kind: 'd1',
    async batch(statements) {
      const prepared = await Promise.all(statements.map((statement) => prepare(binding, statement)));
      try {
        return (await binding.batch(prepared)).map(outcomeOf);
      } catch (error) {
        throw storeErrorOf(error);
      }
    },
    async close() {},
  };
}

async function prepare(binding: D1Binding, { sql, params }: Statement): Promise<D1Statement> {
  const values: SqlValue[] = [];
  for (const value of params) values.push(isDigestOf(value) ? await sha256Hex(value.sha256Of) : boundValue(value));
  return binding.prepare(sql).bind(...values);
}

function outcomeOf({ results, meta }: D1Outcome): Outcome {
  return { rows: (results as Row[]).map(readRow), changes: meta.changes };
}

/** D1 tells causes by message only: `D1_ERROR: UNIQUE constraint failed: api_keys.hash: SQLITE_CONSTRAINT`. */
const CAUSES: readonly (readonly [RegExp, StoreErrorCode, string])[] = [
  [/no such table/, 'unmigrated', 'the database lacks its tables: run "wrangler d1 migrations apply"'],
  [/(UNIQUE|FOREIGN KEY|NOT NULL) constraint failed/, 'conflict', 'an id is taken, or what it belongs to is not there'],
  [/constraint failed|cannot store|TOOBIG|too big/, 'bad-input', 'a value does not fit its column'],
  [/SQLITE_FULL|maximum DB size|database or disk is full/, 'full', 'the database is full: purge, or raise its size'],
  [/overloaded|too many requests|SQLITE_BUSY/i, 'busy', 'the database is overloaded: try again later'],
];

function storeErrorOf(cause: unknown): StoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [, code, text] = CAUSES.find(([pattern]) => pattern.test(message)) ?? [];
  return new StoreError(code ?? 'unavailable', text ?? 'the database did not answer: try again later', { cause });
}
