import { Worker } from 'node:worker_threads';
import { nextTask } from '../service/next-task.ts';
import type { Candidate, Trainer } from '../service/trainer.ts';

type Message = { readonly candidate: Candidate } | { readonly share: number; readonly stage: string };

/** Source and build have other endings. */
const WORKER = new URL(`./train-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

/** Samples that are handed over at once: copying them holds requests up for less than a millisecond. */
const PIECE = 500;

/** Builds and measures in a thread of its own, so that checks go on as they do; the thread ends with the work. */
export const threadTrainer: Trainer = async ({ samples, champion }, progress) => {
  const worker = new Worker(WORKER);
  try {
    const candidate = new Promise<Candidate>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code} before it was done`)));
      worker.on('message', (message: Message) => {
        if ('candidate' in message) resolve(message.candidate);
        else progress(message.share, message.stage).then(() => worker.postMessage('go on'), reject);
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
