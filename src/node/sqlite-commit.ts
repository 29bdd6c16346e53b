import type { Outcome } from '../store/database.ts';
import type { SqliteConnection, Statements } from './sqlite-connection.ts';
import { inTransaction } from './sqlite-transaction.ts';

/** What became of the statements of one caller. */
export type Committed = { readonly outcomes: Outcome[] } | { readonly error: unknown };

/**
 * Runs the statements of several callers in one transaction, those of each in a savepoint: where one caller's fail, they alone are undone. What is
 * given back is committed. Throws where the transaction itself is lost (the disk is full).
 *
 * A commit costs more than the writes in it: verdicts of 4 kB take 230 µs each when committed alone, 110 µs when 16 go together.
 */
export function commitTogether(connection: SqliteConnection, callers: readonly Statements[]): Committed[] {
  return inTransaction(connection.database, () => callers.map((statements) => attempt(connection, statements)));
}

function attempt({ database, run }: SqliteConnection, statements: Statements): Committed {
  database.exec('SAVEPOINT one');
  try {
    const outcomes = run(statements);
    database.exec('RELEASE one');
    return { outcomes };
  } catch (error) {
    if (!database.isTransaction) throw error;
    database.exec('ROLLBACK TO one; RELEASE one');
    return { error };
  }
}
