import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './sqlite-transaction.ts';

interface Waiting<T> {
  readonly work: () => T;
  readonly resolve: (result: T) => void;
  readonly reject: (error: unknown) => void;
}

export interface CommitQueue<T> {
  /** Runs `work`, synchronous writes, and fulfils once they are committed; where it throws, its own writes alone are undone. */
  add(work: () => T): Promise<T>;
  /** Commits what waits, at once. */
  flush(): void;
}

/**
 * One commit for everything that was asked in the same turn of the event loop: a commit costs more than the writes in it. Measured with
 * verdicts of 4 kB: 230 µs each when committed alone, 110 µs when 16 go together.
 */
export function commitQueue<T>(database: DatabaseSync): CommitQueue<T> {
  let queue: Waiting<T>[] = [];
  const flush = (): void => {
    const waiting = queue;
    queue = [];
    if (waiting.length > 0) commitTogether(database, waiting);
  };
  const add = (work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (queue.length === 0) setImmediate(flush);
      queue.push({ work, resolve, reject });
    });
  return { add, flush };
}

function commitTogether<T>(database: DatabaseSync, waiting: readonly Waiting<T>[]): void {
  try {
    const settle = inTransaction(database, () => waiting.map((one) => attempt(database, one)));
    for (const tell of settle) tell();
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  }
}

/** What is to be told once the commit is through. Throws where the transaction itself is lost (the disk is full). */
function attempt<T>(database: DatabaseSync, { work, resolve, reject }: Waiting<T>): () => void {
  database.exec('SAVEPOINT one');
  try {
    const result = work();
    database.exec('RELEASE one');
    return () => resolve(result);
  } catch (error) {
    if (!database.isTransaction) throw error;
    database.exec('ROLLBACK TO one; RELEASE one');
    return () => reject(error);
  }
}
