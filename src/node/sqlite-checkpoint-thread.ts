import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread of `sqlite-checkpoints.ts`: puts what is in the log into the file, flushes both, and says when it is done. A passive checkpoint: nobody
 * waits for it, and it waits for nobody.
 */
const database = new DatabaseSync(workerData as string);
database.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0');
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');

parentPort?.on('message', (order: 'checkpoint' | 'close') => {
  if (order === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    checkpoint.get();
  } catch {
    // A full disk, say: the next write meets it too, and tells who asked for it.
  }
  parentPort?.postMessage('done');
});
