import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { nextTask } from '../service/next-task.ts';
import type { Candidate, Trainer } from '../service/trainer.ts';

type Message = { readonly candidate: Candidate } | { readonly share: number; readonly stage: string };

/** Source and build have other endings. */
const WORKER = new URL(`./train-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

/** Samples that are handed over at once: copying them holds requests up for less than a millisecond. */
const PIECE = 500;

/** Between two reports of progress in one stage: each is a write of the store. */
const REPORT_MS = 250;

/** Builds and measures in a thread of its own, which makes way for requests (`make-way.ts`) and ends with the work. */
export const threadTrainer: Trainer = async ({ samples, champion }, progress) => {
  const worker = new Worker(WORKER);
  let before = performance.eventLoopUtilization();
  let reported = { stage: '', at: 0 };
  const report = async ({ share, stage }: { share: number; stage: string }): Promise<void> => {
    if (reported.stage === stage && performance.now() - reported.at < REPORT_MS) return;
    reported = { stage, at: performance.now() };
    await progress(share, stage);
  };
  const goOn = (): void => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    worker.postMessage({ utilization });
  };
  try {
    const candidate = new Promise<Candidate>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code} before it was done`)));
      worker.on('message', (message: Message) => {
        if ('candidate' in message) resolve(message.candidate);
        else report(message).then(goOn, reject);
      });
    });
    // Looked at below; what fails while samples are handed over is not lost until then.
    candidate.catch(() => undefined);
    for (let start = 0; start < samples.length; start += PIECE) {
      worker.postMessage({ samples: samples.slice(start, start + PIECE) });
      await nextTask();
    }
    worker.postMessage({ champion });
    return await candidate;
  } finally {
    await worker.terminate();
  }
};
