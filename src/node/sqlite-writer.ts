import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Outcome } from '../store/database.ts';
import { commitTogether, type Committed } from './sqlite-commit.ts';
import type { SqliteConnection, Statements } from './sqlite-connection.ts';

/** Commits writes. */
export interface SqliteWriter {
  /** All of the statements or none: fulfilled once they are committed. */
  write(statements: Statements): Promise<Outcome[]>;
  /** Fulfilled when all that was asked is settled. */
  close(): Promise<void>;
}

/** Commits what several callers wrote; what it throws is told to all of them. */
export type CommitAll = (callers: readonly Statements[]) => Promise<readonly Committed[]>;

interface Waiting {
  readonly statements: Statements;
  readonly resolve: (outcomes: Outcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One commit for everything that was asked in the same turn of the event loop, and while a commit is under way, for everything that was asked
 * meanwhile: the more there is to do, the more goes together.
 */
export function gatheringWriter(commitAll: CommitAll): SqliteWriter {
  let waiting: Waiting[] = [];
  let isAtWork = false;
  let whenIdle = (): void => {};
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      await nextTurn();
      const callers = waiting;
      waiting = [];
      await settle(callers, commitAll);
    }
    isAtWork = false;
    whenIdle();
  };
  const write = (statements: Statements): Promise<Outcome[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, resolve, reject });
      if (isAtWork) return;
      isAtWork = true;
      void work();
    });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      if (isAtWork) whenIdle = resolve;
      else resolve();
    });
  return { write, close };
}

async function settle(callers: readonly Waiting[], commitAll: CommitAll): Promise<void> {
  try {
    const committed = await commitAll(callers.map(({ statements }) => statements));
    for (const [at, { resolve, reject }] of callers.entries()) {
      const one = committed[at];
      if ('outcomes' in one) resolve(one.outcomes);
      else reject(one.error);
    }
  } catch (error) {
    for (const { reject } of callers) reject(error);
  }
}

/** Commits in this thread, which waits for the disk meanwhile. */
export function localWriter(connection: SqliteConnection): SqliteWriter {
  return gatheringWriter(async (callers) => commitTogether(connection, callers));
}
