import { Worker } from 'node:worker_threads';
import type { Candidate, Trainer } from '../service/trainer.ts';

type Message = { readonly candidate: Candidate } | { readonly share: number; readonly stage: string };

/** Source and build have other endings. */
const WORKER = new URL(`./train-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

/** Builds and measures in a thread of its own, so that checks go on as they do; the thread ends with the work. */
export const threadTrainer: Trainer = async (input, progress) => {
  const worker = new Worker(WORKER);
  try {
    return await new Promise<Candidate>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the training thread ended with ${code} before it was done`)));
      worker.on('message', (message: Message) => {
        if ('candidate' in message) resolve(message.candidate);
        else progress(message.share, message.stage).then(() => worker.postMessage('go on'), reject);
      });
      worker.postMessage(input);
    });
  } finally {
    await worker.terminate();
  }
};
