import { parentPort } from 'node:worker_threads';
import { constants, setPriority } from 'node:os';
import { createSieve, type Sieve } from '../index.ts';
import { checkDocument, type AuditTask } from '../service/audit-check.ts';
import { once } from '../service/once.ts';
import { loadBaseSieve } from './base-sieve.ts';
import { leaveKernelToMainThread } from './thread-kernel.ts';

leaveKernelToMainThread();

/** The thread of `thread-auditor.ts`: gets a task, answers with what became of each document. One sieve is kept. */
const base = once(() => loadBaseSieve());
let last: { readonly key: string; readonly sieve: Promise<Sieve> } | null = null;

// Of this thread alone, on Linux; where it is not allowed, the thread is as any other.
try {
  setPriority(constants.priority.PRIORITY_LOW);
} catch {}

parentPort?.on('message', ({ task, key }: { task: AuditTask; key: string }) => {
  check(task, key).then(
    (outcomes) => parentPort?.postMessage({ outcomes }),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});

async function check({ made, policy, documents }: AuditTask, key: string) {
  if (made !== null && last?.key !== key) last = { key, sieve: createSieve(made) };
  const sieve = await (made === null || last === null ? base() : last.sieve);
  const outcomes = [];
  for (const document of documents) outcomes.push(await checkDocument(sieve, document, policy));
  return outcomes;
}
