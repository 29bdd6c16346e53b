import { parentPort } from 'node:worker_threads';
import type { Sieve } from '../index.ts';
import type { AuditTask } from '../service/audit-check.ts';
import { stepBack } from './low-priority.ts';

// Before the rest is loaded: that alone is some tenths of a second of work.
stepBack();
const { createSieve } = await import('../index.ts');
const { checkDocument } = await import('../service/audit-check.ts');
const { once } = await import('../service/once.ts');
const { loadBaseSieve } = await import('./base-sieve.ts');
const { leaveKernelToMainThread } = await import('./thread-kernel.ts');

leaveKernelToMainThread();

/** The thread of `thread-auditor.ts`: gets a task, answers with what became of each document. One sieve is kept. */
const base = once(() => loadBaseSieve());
let last: { readonly key: string; readonly sieve: Promise<Sieve> } | null = null;

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
