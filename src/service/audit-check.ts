import { inputOf, rowOf } from '../audit/finding-row.ts';
import type { Outcome } from '../audit/outcome.ts';
import type { TextDocumentItem } from '../audit/shard.ts';
import type { Sieve, SieveOptions } from '../index.ts';
import { nextTask } from './next-task.ts';
import { sha256Hex } from '../sha256.ts';

/** What documents of a shard are judged with; plain data, so that it can go to another thread. */
export interface AuditTask {
  /** What the sieve of the tenant is made of; `null`: the base sieve as it is. */
  readonly made: SieveOptions | null;
  /** `null`: the sieve's own. */
  readonly policy: string | null;
  readonly documents: readonly TextDocumentItem[];
}

/** Judges the documents of a task, in order. */
export type Auditor = (task: AuditTask, sieve: Sieve) => Promise<Outcome[]>;

/** In the thread that it is called in: others have their turn between two documents. */
export const auditHere: Auditor = async ({ policy, documents }, sieve) => {
  const outcomes: Outcome[] = [];
  for (const document of documents) {
    outcomes.push(await checkDocument(sieve, document, policy));
    await nextTask();
  }
  return outcomes;
};

export async function checkDocument(sieve: Sieve, document: TextDocumentItem, policy: string | null): Promise<Outcome> {
  const { content } = document;
  const verdict = sieve.check(inputOf(document, content), policy === null ? {} : { policy });
  if (verdict.spans.length === 0) return { kind: 'passed' };
  return { kind: 'flagged', row: rowOf(document, verdict, content, await sha256Hex(content)) };
}
