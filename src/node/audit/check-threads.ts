import { Piscina } from 'piscina';
import type { Checked, CheckOptions, CheckTask } from './check-task.ts';
import type { WorkItem } from './work-item.ts';

/** Of a thread's heap: left to itself it grows to 96 MB for rows that are garbage in a moment; with 12 a run took a tenth more time. */
const YOUNG_MB = 24;
/** Batches under way for each thread: one that is checked, one that waits. */
const AHEAD = 2;

/** The threads of an audit. They load and build their sieves from the start on, while the main thread does the same. */
export class CheckThreads {
  readonly #pool: Piscina<CheckTask, Checked>;
  #ended: Promise<void> | null = null;
  /** Batches that keep all threads busy. */
  readonly ahead: number;

  constructor(count: number, options: CheckOptions) {
    this.ahead = count * AHEAD;
    this.#pool = new Piscina<CheckTask, Checked>({
      filename: new URL(`./check-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href,
      minThreads: count,
      maxThreads: count,
      // What waits lies with the thread: it need not be handed over by this one, which may be cutting rows.
      concurrentTasksPerWorker: AHEAD,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
  }

  /** Buffers of rows are handed over, not copied. A failure may be looked at later. */
  check(task: CheckTask): Promise<Checked> {
    const checked = this.#pool.run(task, { transferList: task.items.flatMap(bytesOf) });
    checked.catch(() => undefined);
    return checked;
  }

  /**
   * Resolves when they are gone. What comes after may go on beside it, but no thread should be started until then: V8 may crash where it ends one and
   * starts another (nodejs/node issue 56312).
   */
  end(): Promise<void> {
    return (this.#ended ??= this.#pool.destroy());
  }
}

function bytesOf(item: WorkItem): ArrayBuffer[] {
  return item.kind === 'rows' ? [item.bytes.buffer] : [];
}
