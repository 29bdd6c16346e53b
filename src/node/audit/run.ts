import { Piscina } from 'piscina';
import type { AuditDocument, AuditSource } from '../../audit/source.ts';
import type { CheckTask, Outcome } from './check-task.ts';
import type { Journal } from './journal.ts';

export interface RunOptions {
  readonly threads: number;
  readonly policy: string | null;
  /** When it fires, batches under way are finished and entered, and nothing more is read. */
  readonly signal: AbortSignal;
  readonly progress: (journal: Journal) => void;
}

/** Units or bytes of a batch: large enough that handing it over costs nothing, small enough that little is done twice. */
const BATCH = 512 * 1024;
const MOST_DOCUMENTS = 512;
/** A source that gives a page a second must not keep its findings until there are hundreds. */
const LONGEST_BATCH_MS = 5000;
/** Batches under way for each thread: one that is checked, one that waits. */
const AHEAD = 2;

/**
 * Checks the documents of a source that the journal does not hold yet, in worker threads, and enters them in the order of the
 * source. Memory: the batches under way, whatever the source holds.
 */
export async function runAudit(source: AuditSource, journal: Journal, options: RunOptions): Promise<void> {
  const pool = new Piscina<CheckTask, Outcome[]>({
    filename: new URL(`./check-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href,
    minThreads: options.threads,
    maxThreads: options.threads,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const underWay: Promise<Outcome[]>[] = [];
  const settle = async (most: number): Promise<void> => {
    while (underWay.length > most) {
      journal.commit((await underWay.shift()) ?? []);
      options.progress(journal);
    }
  };
  try {
    for await (const batch of batches(source, journal, options.signal)) {
      const checked = checkBatch(pool, batch, options.policy);
      checked.catch(() => undefined);
      underWay.push(checked);
      await settle(options.threads * AHEAD);
    }
    await settle(0);
  } finally {
    await pool.destroy();
  }
}

type Batched = AuditDocument | Outcome;

/** Notices travel with the documents around them, so that they are entered in order too. */
async function checkBatch(pool: Piscina<CheckTask, Outcome[]>, batch: readonly Batched[], policy: string | null) {
  const documents = batch.filter((item): item is AuditDocument => item.kind === 'document');
  const outcomes = documents.length === 0 ? [] : await pool.run({ documents, policy });
  let next = 0;
  return batch.map((item) => (item.kind === 'document' ? outcomes[next++] : item));
}

async function* batches(source: AuditSource, journal: Journal, signal: AbortSignal): AsyncGenerator<Batched[]> {
  let batch: Batched[] = [];
  let size = 0;
  let opened = performance.now();
  for await (const item of source) {
    if (signal.aborted) break;
    if (journal.has(item.place)) continue;
    batch.push(item);
    size += item.kind === 'document' ? item.content.length : 0;
    const isYoung = performance.now() - opened < LONGEST_BATCH_MS;
    if (size < BATCH && batch.length < MOST_DOCUMENTS && isYoung) continue;
    yield batch;
    batch = [];
    size = 0;
    opened = performance.now();
  }
  if (batch.length > 0) yield batch;
}
