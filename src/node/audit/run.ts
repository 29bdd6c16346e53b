import type { FindingRow } from '../../audit/finding-row.ts';
import type { Checked } from './check-task.ts';
import type { CheckThreads } from './check-threads.ts';
import type { ChunkBuffers } from './chunk-buffers.ts';
import type { EarlierRun } from './earlier-run.ts';
import type { Journal } from './journal.ts';
import type { Work, WorkItem } from './work-item.ts';

export interface RunOptions {
  readonly threads: CheckThreads;
  /** Those of the source. */
  readonly buffers: ChunkBuffers;
  /** What was found earlier in documents that are unchanged; `null`: nothing is passed over. */
  readonly earlier: EarlierRun | null;
  /** When it fires, batches under way are finished and entered, and nothing more is read. */
  readonly signal: AbortSignal;
  /** Each row of findings.ndjson when it stands there, in that order. */
  readonly found: (row: FindingRow) => void;
  readonly progress: (journal: Journal) => void;
}

/** Units or bytes of a batch: large enough that handing it over costs nothing, small enough that little is done twice. */
const BATCH = 512 * 1024;
const MOST_ITEMS = 512;
/** A file's size is not known here: what most pages have. */
const FILE_SIZE = 32 * 1024;
/** A source that gives a page a second must not keep its findings until there are hundreds. */
const LONGEST_BATCH_MS = 5000;

/**
 * Checks the documents of a source that the journal does not hold yet, in worker threads, and enters them in the order of the
 * source. Rows and files are read there too. Memory: the batches under way, whatever the source holds.
 */
export async function runAudit(source: AsyncIterable<Work>, journal: Journal, options: RunOptions): Promise<void> {
  const underWay: { batch: readonly Work[]; checked: Promise<Checked> }[] = [];
  const settle = async (most: number): Promise<void> => {
    while (underWay.length > most) {
      const [{ batch, checked }] = underWay.splice(0, 1);
      const result = await checked;
      options.buffers.giveBack(result.spent);
      for (const row of journal.commit(batch, result, options.earlier)) options.found(row);
      options.progress(journal);
    }
  };
  const known = options.earlier?.known ?? null;
  for await (const batch of batches(source, journal, options.signal)) {
    underWay.push({ batch, checked: options.threads.check({ items: batch.map(({ item }) => item), known }) });
    await settle(options.threads.ahead);
  }
  await settle(0);
}

async function* batches(source: AsyncIterable<Work>, journal: Journal, signal: AbortSignal): AsyncGenerator<Work[]> {
  let batch: Work[] = [];
  let size = 0;
  let opened = performance.now();
  for await (const work of source) {
    if (signal.aborted) break;
    if (journal.has(work)) continue;
    batch.push(work);
    size += sizeOf(work.item);
    const isYoung = performance.now() - opened < LONGEST_BATCH_MS;
    if (size < BATCH && batch.length < MOST_ITEMS && isYoung) continue;
    yield batch;
    batch = [];
    size = 0;
    opened = performance.now();
  }
  if (batch.length > 0) yield batch;
}

function sizeOf(item: WorkItem): number {
  if (item.kind === 'rows') return item.bytes.length;
  if (item.kind === 'file') return FILE_SIZE;
  return item.kind === 'document' ? item.content.length : 0;
}
