import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Source and build have other endings. */
const THREAD = new URL(
  `./sqlite-checkpoint-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`,
  import.meta.url,
);

/**
 * Between two checkpoints while there are writes. Each copies and flushes for 9 ms at 4,500 verdicts a second, for 24 with 200 between them: the same
 * rates and tails, and a shorter log.
 */
const PAUSE_MS = 50;

/** It makes next to no objects. */
const HEAP = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 };

/**
 * Checkpoints of a file in a thread of their own, while writes go on. In the thread that commits, one held up whoever waited for a commit, 40 to 60
 * ms three times a second under load.
 */
export class Checkpoints {
  readonly #thread: Worker;
  #isAtWork = false;
  #last = 0;

  constructor(path: string) {
    this.#thread = new Worker(THREAD, { workerData: path, resourceLimits: HEAP });
    this.#thread.on('message', () => (this.#isAtWork = false));
    // Without it the log is put into the file by who commits, when it is long.
    this.#thread.on('error', () => undefined);
    this.#thread.unref();
  }

  /** Asks for one, unless one is under way or was a moment ago. */
  afterCommit(): void {
    const now = performance.now();
    if (this.#isAtWork || now - this.#last < PAUSE_MS) return;
    this.#isAtWork = true;
    this.#last = now;
    this.#thread.postMessage('checkpoint');
  }

  /** Fulfilled when the thread has let go of the file. */
  async close(): Promise<void> {
    if (this.#thread.threadId < 0) return;
    const ended = once(this.#thread, 'exit');
    this.#thread.postMessage('close');
    await ended;
  }
}
