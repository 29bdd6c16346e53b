import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { StoreError } from '../store/store-error.ts';
import type { Committed } from './sqlite-commit.ts';
import type { SqliteOptions, Statements } from './sqlite-connection.ts';
import { packOrder, type Order } from './sqlite-order.ts';
import { gatheringWriter, type SqliteWriter } from './sqlite-writer.ts';
import type { Answer } from './sqlite-writer-thread.ts';

/** Source and build have other endings. */
const THREAD = new URL(
  `./sqlite-writer-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`,
  import.meta.url,
);

/** An order is garbage as soon as it is answered: three spaces of 2 MB, where the flag of the process (`heap-flags.ts`) would give 8 each. */
const HEAP = { maxYoungGenerationSizeMb: 6 };

/**
 * Commits in a thread of its own, with a connection of its own: who answers requests waits neither for the disk nor for other processes. A
 * thread that dies fails what it was told to write, and the next write starts another.
 */
export function threadWriter(path: string, options: SqliteOptions): SqliteWriter {
  let thread: Worker | null = null;
  const startedThread = (): Worker => {
    if (thread !== null) return thread;
    const started = new Worker(THREAD, { workerData: { path, options }, resourceLimits: HEAP });
    const forget = (): void => void (thread = thread === started ? null : thread);
    started.once('error', forget).once('exit', forget);
    thread = started;
    return started;
  };
  const writer = gatheringWriter(async (callers) => await askThread(startedThread(), callers, path));
  return {
    write: (statements) => writer.write(statements),
    async close() {
      await writer.close();
      if (thread === null) return;
      const ended = once(thread, 'exit');
      thread.postMessage({ close: true } satisfies Order);
      await ended;
    },
  };
}

/** One order at a time: the answer is that of the last order. */
async function askThread(thread: Worker, callers: readonly Statements[], path: string): Promise<readonly Committed[]> {
  const answer = await new Promise<Answer>((resolve, reject) => {
    const onError = (error: Error): void => settle(() => reject(lost(path, error.message)));
    const onExit = (code: number): void => settle(() => reject(lost(path, `it ended with ${code}`)));
    const onMessage = (message: Answer): void => settle(() => resolve(message));
    const settle = (tell: () => void): void => {
      thread.off('error', onError).off('exit', onExit).off('message', onMessage);
      tell();
    };
    thread.on('error', onError).on('exit', onExit).on('message', onMessage);
    thread.postMessage(packOrder(callers) satisfies Order);
  });
  return answer.map((one) => ('outcomes' in one ? one : { error: new StoreError(one.code, one.message) }));
}

function lost(path: string, why: string): StoreError {
  return new StoreError('unavailable', `store ${path}: the thread that writes was lost: ${why}`);
}
