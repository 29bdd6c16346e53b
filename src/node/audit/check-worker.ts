import { hash } from 'node:crypto';
import { workerData } from 'piscina';
import { inputOf, rowOf, type FindingRow } from '../../audit/finding-row.ts';
import { failure, type AuditDocument, type SourceItem, type SourceNotice } from '../../audit/source.ts';
import { decodeBytes } from '../charset.ts';
import { UserFailure } from '../failure.ts';
import { leaveKernelToMainThread } from '../thread-kernel.ts';
import { auditSieve } from './audit-sieve.ts';
import type { Checked, CheckOptions, CheckTask } from './check-task.ts';
import { contentEntry, KnownContents } from './contents.ts';
import { documentsOf } from './read-item.ts';
import { isInShard } from './shards.ts';

leaveKernelToMainThread();
const options = workerData as CheckOptions;
/** One sieve a thread, built when the thread starts. */
const sieve = await auditSieve(options.excludeRules);
const known = options.known === null ? null : new KnownContents(options.known);
const chosen = options.policy === null ? {} : { policy: options.policy };

/** Reads and checks the items of a task; what cannot be read or decoded becomes an error and the rest go on. */
export default async function check({ items }: CheckTask): Promise<Checked> {
  const tally = new Tally();
  for (const item of items) for await (const one of documentsOf(item, options.columns)) tally.add(one);
  return tally.checked();
}

class Tally {
  #documents = 0;
  readonly #rows: FindingRow[] = [];
  readonly #notices: SourceNotice[] = [];
  readonly #unchanged: string[] = [];
  readonly #contents: Uint8Array[] = [];

  add(item: SourceItem): void {
    if (item.kind !== 'document') {
      if (isInShard(options.shard, item.place.source)) this.#notices.push(item);
    } else if (isInShard(options.shard, item.id)) this.#check(item);
  }

  checked(): Checked {
    return {
      documents: this.#documents,
      rows: this.#rows,
      notices: this.#notices,
      unchanged: this.#unchanged,
      contents: new Uint8Array(Buffer.concat(this.#contents)),
    };
  }

  #check(document: AuditDocument): void {
    const { content, place } = document;
    const digest = hash('sha256', content);
    const entry = contentEntry(place, digest);
    try {
      if (known?.has(entry) === true) this.#unchanged.push(Buffer.from(entry).toString('hex'));
      else {
        const text = typeof content === 'string' ? content : decodeBytes(content, document.id).text;
        const verdict = sieve.check(inputOf(document, text), chosen);
        if (verdict.spans.length > 0) this.#rows.push(rowOf(document, verdict, text, digest));
      }
      this.#documents++;
      this.#contents.push(entry);
    } catch (error) {
      if (!(error instanceof UserFailure)) throw error;
      this.#notices.push(failure(place, 'undecodable', error.message));
    }
  }
}
