import { StoreError } from './store-error.ts';

export type SqlValue = string | number | null;

/** Stands for the SHA-256 of a text, 64 hexadecimal digits: computed where the statement is run, which may be beside the thread that answers requests. */
export interface DigestOf {
  readonly sha256Of: string;
}

/** What a statement takes: booleans become 1 and 0. */
export type Parameter = SqlValue | boolean | DigestOf;

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

export interface Outcome {
  /** What a SELECT or RETURNING gave. */
  readonly rows: readonly Row[];
  /** Rows inserted, updated or deleted. D1 counts cascades too, SQLite does not: a DELETE that cascades counts its RETURNING rows. */
  readonly changes: number;
}

/** The port that a backend fills: SQLite's SQL, one statement at a time; any string comes back as it was (string-codec.ts). Rejects with a `StoreError`. */
export interface Backend {
  readonly kind: 'sqlite' | 'd1';
  /** Runs all statements in one transaction, or none of them; one outcome each, in order. */
  batch(statements: readonly Statement[]): Promise<Outcome[]>;
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
    statements.forEach(checkStatement);
    return await backend.batch(statements);
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

function checkStatement({ sql, params }: Statement): void {
  if (params.length > MOST_PARAMETERS) {
    const limit = `at most ${MOST_PARAMETERS} can be bound: split it (insert.ts)`;
    throw new StoreError('bad-input', `a statement has ${params.length} parameters, ${limit}: ${sql.slice(0, 80)}`);
  }
  for (let at = 0; at < params.length; at++) {
    const value = params[at];
    if (typeof value === 'number' ? Number.isFinite(value) : value !== undefined) continue;
    const given = typeof value === 'number' ? value : typeof value;
    const what = `parameter ${at + 1} is ${given}, which is no string, finite number, boolean or null`;
    throw new StoreError('bad-input', `${what}: ${sql.slice(0, 80)}`);
  }
}
