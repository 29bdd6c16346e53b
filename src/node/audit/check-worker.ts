import { hash } from 'node:crypto';
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { inputOf, rowOf, type FindingRow } from '../../audit/finding-row.ts';
import { failure, type AuditDocument, type SourceItem, type SourceNotice } from '../../audit/source.ts';
import type { Sieve } from '../../sieve.ts';
import { decodeBytes } from '../charset.ts';
import { UserFailure } from '../failure.ts';
import { leaveKernelToMainThread } from '../thread-kernel.ts';
import { auditSieve } from './audit-sieve.ts';
import type { Checked, CheckOptions, CheckTask } from './check-task.ts';
import { ContentEntries, KnownContents } from './contents.ts';
import { documentsOf } from './read-item.ts';
import { isInShard } from './shards.ts';

leaveKernelToMainThread();
const options = workerData as CheckOptions;
/** One sieve a thread, built when the thread starts. What is wrong with the options is told with the first task. */
const building = auditSieve(options.excludeRules);
building.catch(() => undefined);
const chosen = options.policy === null ? {} : { policy: options.policy };

/** Reads and checks the items of a task; what cannot be read or decoded becomes an error and the rest go on. */
export default async function check({ items, known }: CheckTask): Promise<unknown> {
  const tally = new Tally(await building, known === null ? null : new KnownContents(known));
  for (const item of items) for await (const one of documentsOf(item, options.columns)) tally.add(one);
  const spent = items.flatMap((item) => (item.kind === 'rows' ? [item.bytes.buffer] : []));
  const checked: Checked = { ...tally.checked(), spent };
  // The thread that reads gets the buffers themselves, as it gave them.
  return move({ [transferableSymbol]: spent, [valueSymbol]: checked });
}

class Tally {
  readonly #sieve: Sieve;
  readonly #known: KnownContents | null;
  #documents = 0;
  readonly #rows: FindingRow[] = [];
  readonly #notices: SourceNotice[] = [];
  readonly #unchanged: string[] = [];
  readonly #contents = new ContentEntries();

  constructor(sieve: Sieve, known: KnownContents | null) {
    this.#sieve = sieve;
    this.#known = known;
  }

  add(item: SourceItem): void {
    if (item.kind !== 'document') {
      if (isInShard(options.shard, item.place.source)) this.#notices.push(item);
    } else if (isInShard(options.shard, item.id)) this.#check(item);
  }

  checked(): Omit<Checked, 'spent'> {
    return {
      documents: this.#documents,
      rows: this.#rows,
      notices: this.#notices,
      unchanged: this.#unchanged,
      contents: this.#contents.kept(),
    };
  }

  #check(document: AuditDocument): void {
    const { content, place } = document;
    const digest = hash('sha256', content);
    const entry = this.#contents.next(place, digest);
    try {
      if (this.#known?.has(entry) === true) this.#unchanged.push(Buffer.from(entry).toString('hex'));
      else {
        const text = typeof content === 'string' ? content : decodeBytes(content, document.id).text;
        const verdict = this.#sieve.check(inputOf(document, text), chosen);
        if (verdict.spans.length > 0) this.#rows.push(rowOf(document, verdict, text, digest));
      }
      this.#documents++;
      this.#contents.keep();
    } catch (error) {
      if (!(error instanceof UserFailure)) throw error;
      this.#notices.push(failure(place, 'undecodable', error.message));
    }
  }
}
