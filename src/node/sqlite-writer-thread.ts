import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome } from '../store/database.ts';
import type { StoreErrorCode } from '../store/store-error.ts';
import { Checkpoints } from './sqlite-checkpoints.ts';
import { commitTogether } from './sqlite-commit.ts';
import { openConnection, type SqliteOptions, type Statements } from './sqlite-connection.ts';
import { storeErrorOf } from './sqlite-error.ts';
import { unpackOrder, type Order } from './sqlite-order.ts';

/** What became of each caller's statements, in order. An error travels as what it is made of. */
export type Answer = readonly (
  | { readonly outcomes: Outcome[] }
  | { readonly code: StoreErrorCode; readonly message: string }
)[];

/**
 * 64 MB: where writes never pause, the log has an end only when who commits puts the rest of it into the file himself, of which little is left to do.
 */
const LONGEST_LOG_PAGES = 16_000;

const { path, options } = workerData as { path: string; options: SqliteOptions };
// Checked and migrated by the thread that started this one.
const connection = openConnection(path, { ...options, check: false });
connection.database.exec(`PRAGMA wal_autocheckpoint = ${LONGEST_LOG_PAGES}`);
const checkpoints = new Checkpoints(path);

parentPort?.on('message', (order: Order) => {
  if ('callers' in order) {
    parentPort?.postMessage(answerTo(unpackOrder(order)));
    checkpoints.afterCommit();
  } else void close();
});

async function close(): Promise<void> {
  await checkpoints.close();
  connection.database.close();
  parentPort?.close();
}

function answerTo(callers: readonly Statements[]): Answer {
  try {
    return commitTogether(connection, callers).map((one) => ('outcomes' in one ? one : told(one.error)));
  } catch (error) {
    return callers.map(() => told(error));
  }
}

function told(error: unknown): { code: StoreErrorCode; message: string } {
  const { code, message } = storeErrorOf(error, path);
  return { code, message };
}
