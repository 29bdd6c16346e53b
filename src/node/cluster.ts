import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { mergeExpositions } from '../service/prometheus.ts';
import { EXIT } from './failure.ts';

/** A worker that dies at once is not started again at once: a fault of the configuration would eat the machine. */
const RESTART_MS = 1_000;
/** How long the others have for their counts; one that is busy for longer is left out of this answer. */
const METRICS_MS = 1_000;

export interface PrimaryOptions {
  readonly workers: number;
  /** What a worker has to end in once it is told to. */
  readonly graceMs: number;
  /** Called once, when all workers listen. */
  readonly onListening: (address: AddressInfo) => void;
  readonly report: (error: unknown, requestId: string) => void;
}

/**
 * Starts workers, starts again those that die, and ends when it is told to and all have ended. Returns 0; or where a worker ends before all have
 * listened once, its exit code: what keeps one from starting keeps them all.
 */
export async function runPrimary({ workers, graceMs, onListening, report }: PrimaryOptions): Promise<number> {
  let stopping = false;
  let listening = 0;
  cluster.on('listening', (_, { address, port }) => {
    if (++listening === workers) onListening({ address: address ?? '', port, family: 'IPv4' });
  });
  cluster.on('message', (worker, message) => void answerMetrics(worker, message));
  const failed = new Promise<number>((resolve) => {
    cluster.on('exit', (worker, code: number | null, signal: string | null) => {
      if (stopping) return;
      report(new Error(`worker ${worker.process.pid} ended with ${signal ?? code}`), 'none');
      if (listening < workers) resolve(code ?? EXIT.internal);
      else setTimeout(() => !stopping && cluster.fork(), RESTART_MS);
    });
  });
  for (let i = 0; i < workers; i++) cluster.fork();
  const code = await Promise.race([stopSignal().then(() => EXIT.clean), failed]);
  stopping = true;
  await stopWorkers(graceMs);
  return code;
}

/** Fulfilled by the first SIGTERM or SIGINT; a second one has its usual effect. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

async function stopWorkers(graceMs: number): Promise<void> {
  const workers = liveWorkers();
  const ended = Promise.all(workers.map((worker) => once(worker, 'exit')));
  for (const worker of workers) worker.process.kill('SIGTERM');
  const deadline = AbortSignal.timeout(graceMs + 1_000);
  deadline.addEventListener('abort', () => liveWorkers().forEach((worker) => worker.process.kill('SIGKILL')));
  await ended;
}

function liveWorkers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

interface MetricsMessage {
  readonly metrics: 'gather' | 'report' | 'own' | 'all';
  readonly id: string;
  readonly text?: string;
}

function isMetrics(message: unknown): message is MetricsMessage {
  return typeof message === 'object' && message !== null && 'metrics' in message;
}

/** In the primary: asks all other workers for their counts and gives the sum to the one that asked. */
async function answerMetrics(asking: Worker, message: unknown): Promise<void> {
  if (!isMetrics(message) || message.metrics !== 'gather') return;
  const others = liveWorkers().filter((worker) => worker !== asking && worker.isConnected());
  const texts = await Promise.all(others.map((worker) => reportOf(worker, message.id)));
  const text = mergeExpositions([message.text ?? '', ...texts]);
  if (asking.isConnected()) asking.send({ metrics: 'all', id: message.id, text } satisfies MetricsMessage);
}

async function reportOf(worker: Worker, id: string): Promise<string> {
  const stop = new AbortController();
  const answered = new Promise<string>((resolve) => {
    const listen = (message: unknown) => {
      if (!isMetrics(message) || message.metrics !== 'own' || message.id !== id) return;
      resolve(message.text ?? '');
    };
    worker.on('message', listen);
    stop.signal.addEventListener('abort', () => worker.off('message', listen));
  });
  worker.send({ metrics: 'report', id } satisfies MetricsMessage);
  const late = sleep(METRICS_MS, '', { signal: stop.signal }).catch(() => '');
  return await Promise.race([answered, late]).finally(() => stop.abort());
}

/** In a worker: tells its counts when it is asked, and asks for those of all. */
export function workerMetrics(own: () => string): (mine: string) => Promise<string> {
  const waiting = new Map<string, (text: string) => void>();
  process.on('message', (message) => {
    if (!isMetrics(message)) return;
    if (message.metrics === 'all') waiting.get(message.id)?.(message.text ?? '');
    else if (message.metrics === 'report') process.send?.({ ...message, metrics: 'own', text: own() });
  });
  return async (mine) => {
    const id = crypto.randomUUID();
    const all = new Promise<string>((resolve) => waiting.set(id, resolve));
    process.send?.({ metrics: 'gather', id, text: mine } satisfies MetricsMessage);
    const late = sleep(2 * METRICS_MS, mine, { ref: false });
    return await Promise.race([all, late]).finally(() => waiting.delete(id));
  };
}
