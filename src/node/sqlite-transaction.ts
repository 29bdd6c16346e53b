import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one transaction; what it throws undoes all of it. `IMMEDIATE` takes the write lock at once, so it cannot fail later for want of it. */
export function inTransaction<T>(
  database: DatabaseSync,
  work: () => T,
  mode: 'IMMEDIATE' | 'DEFERRED' = 'IMMEDIATE',
): T {
  database.exec(`BEGIN ${mode}`);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have rolled back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
