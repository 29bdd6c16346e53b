import { StoreError } from './store-error.ts';
import { decodeString, encodeString } from './string-codec.ts';

export type SqlValue = string | number | null;

/** What a statement takes: booleans become 1 and 0. */
export type Parameter = SqlValue | boolean;

export type Row = Readonly<Record<string, SqlValue>>;

export interface Statement {
  readonly sql: string;
  /** For `?1`, `?2` … in this order; a number may stand in the statement several times. */
  readonly params: readonly Parameter[];
  /**
   * Of a statement that adds to one row what its parameters from this index on say, and the row is named by those before: several in one transaction may
   * be run as one, with their sums.
   */
  readonly addsFrom?: number;
}

/** A statement as a backend gets it. */
export interface EncodedStatement extends Statement {
  readonly params: readonly SqlValue[];
}

export interface Outcome {
  /** What a SELECT or RETURNING gave. */
  readonly rows: readonly Row[];
  /** Rows inserted, updated or deleted. D1 counts cascades too, SQLite does not: a DELETE that cascades counts its RETURNING rows. */
  readonly changes: number;
}

/** The port that a backend fills: SQLite's SQL, one statement at a time. Rejects with a `StoreError`. */
export interface Backend {
  readonly kind: 'sqlite' | 'd1';
  /** Runs all statements in one transaction, or none of them; one outcome each, in order. */
  batch(statements: readonly EncodedStatement[]): Promise<Outcome[]>;
  /** Another text after every commit, whoever made it: what was read before it was asked holds while it stays the same. Throws a `StoreError`. */
  version?(): string;
  close(): Promise<void>;
}

/** What the resources speak to: a backend whose statements are held against the limits of every backend. */
export interface Database {
  readonly kind: Backend['kind'];
  all(sql: string, params?: readonly Parameter[]): Promise<readonly Row[]>;
  run(sql: string, params?: readonly Parameter[]): Promise<{ readonly changes: number }>;
  /** All in one transaction, or none. */
  batch(statements: readonly Statement[]): Promise<readonly Outcome[]>;
  /** As `Backend.version`; `null` where a backend cannot say it for less than a read costs. */
  version(): string | null;
  close(): Promise<void>;
}

/** D1 takes no more bound parameters; held on every backend, so that what passes on one machine passes at the edge. */
export const MOST_PARAMETERS = 100;

/** Rejects with `bad-input` for what no backend could store alike: too many parameters, `undefined`, NaN, infinity. */
export function openDatabase(backend: Backend): Database {
  const batch = async (statements: readonly Statement[]): Promise<readonly Outcome[]> => {
    if (statements.length === 0) return [];
    const outcomes = await backend.batch(statements.map(encodeStatement));
    return outcomes.map(({ rows, changes }) => ({ rows: rows.map(decodeRow), changes }));
  };
  const one = async (sql: string, params: readonly Parameter[]): Promise<Outcome> => {
    const [outcome] = await batch([{ sql, params }]);
    return outcome;
  };
  return {
    kind: backend.kind,
    all: async (sql, params = []) => (await one(sql, params)).rows,
    run: async (sql, params = []) => ({ changes: (await one(sql, params)).changes }),
    batch,
    version: () => backend.version?.() ?? null,
    close: () => backend.close(),
  };
}

function encodeStatement({ sql, params, addsFrom }: Statement): EncodedStatement {
  if (params.length > MOST_PARAMETERS) {
    const limit = `at most ${MOST_PARAMETERS} can be bound: split it (insert.ts)`;
    throw new StoreError('bad-input', `a statement has ${params.length} parameters, ${limit}: ${sql.slice(0, 80)}`);
  }
  const encoded = params.map((value, index) => encodeParameter(value, index, sql));
  return addsFrom === undefined ? { sql, params: encoded } : { sql, params: encoded, addsFrom };
}

function encodeParameter(value: Parameter, index: number, sql: string): SqlValue {
  if (typeof value === 'string') return encodeString(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === null || Number.isFinite(value)) return value;
  const what = `parameter ${index + 1} is ${String(value)}, which is no string, finite number, boolean or null`;
  throw new StoreError('bad-input', `${what}: ${sql.slice(0, 80)}`);
}

function decodeRow(row: Row): Row {
  const decoded: Record<string, SqlValue> = Object.create(null);
  for (const name in row) {
    const value = row[name];
    decoded[name] = typeof value === 'string' ? decodeString(value) : value;
  }
  return decoded;
}
