import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Outcome } from '../audit/outcome.ts';
import type { Auditor } from '../service/audit-check.ts';

type Answer = { readonly outcomes: Outcome[] } | { readonly error: string };

/** Source and build have other endings. */
const THREAD = new URL(`./audit-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

/** Judges the documents of audits in a thread of its own, so that checks go on as they do. The thread is started by the first task. */
export function threadAuditor(): Auditor {
  let thread: Worker | null = null;
  let before: Promise<unknown> = Promise.resolve();
  const judge: Auditor = async (task, { engine }) => {
    const worker = (thread ??= started(() => (thread = null)));
    worker.postMessage({ task, key: `${engine.model} ${engine.rules} ${engine.policy}` });
    const ended = new AbortController();
    try {
      const [answer] = (await Promise.race([once(worker, 'message', ended), gone(worker, ended)])) as [Answer];
      if ('error' in answer) throw new Error(answer.error);
      return answer.outcomes;
    } finally {
      ended.abort();
    }
  };
  // One task at a time: answers come in their order.
  return (task, sieve) => {
    const answered = before.then(() => judge(task, sieve));
    before = answered.catch(() => undefined);
    return answered;
  };
}

function started(forget: () => void): Worker {
  const worker = new Worker(THREAD, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  // The service may end while it waits for work.
  worker.unref();
  return worker.once('exit', forget);
}

async function gone(worker: Worker, { signal }: AbortController): Promise<never> {
  const [code] = (await once(worker, 'exit', { signal })) as [number];
  throw new Error(`the audit's thread ended with ${code} before it was done`);
}
