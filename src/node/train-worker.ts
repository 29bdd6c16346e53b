import { setTimeout } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { TrainingInput } from '../service/trainer.ts';
import type { GateSample } from '../training/gate.ts';
import { stepBack } from './low-priority.ts';

// Before the rest is loaded: that alone is some tenths of a second of work.
stepBack();
const { trainerOf } = await import('../service/trainer.ts');
const { restAfter } = await import('./make-way.ts');
const { loadBaseParts, readHeldOut } = await import('./base-parts.ts');
const { leaveKernelToMainThread } = await import('./thread-kernel.ts');

leaveKernelToMainThread();

/**
 * The thread of `thread-trainer.ts`: gets samples piece by piece and then the champion, says how far it is, waits to be told to go on,
 * answers with the candidate.
 */
const samples: GateSample[] = [];
parentPort?.on('message', function take(message: Partial<TrainingInput>) {
  if (message.samples !== undefined) samples.push(...message.samples);
  else {
    parentPort?.off('message', take);
    void work({ samples, champion: message.champion ?? null });
  }
});

async function work(input: TrainingInput): Promise<void> {
  const { model, policy, counts, knownTerms } = await loadBaseParts();
  if (counts === undefined) throw new Error('the base model has no counts');
  const base = { model, counts: await counts() };
  const train = trainerOf({ base, policy, heldOut: readHeldOut(), knownTerms: await knownTerms?.() });
  let resumed = performance.now();
  const candidate = await train(input, async (share, stage) => {
    const answer = new Promise<{ utilization: number }>((resolve) => parentPort?.once('message', resolve));
    const worked = performance.now() - resumed;
    parentPort?.postMessage({ share, stage });
    const rest = restAfter(worked, (await answer).utilization);
    if (rest > 0) await setTimeout(rest);
    resumed = performance.now();
  });
  parentPort?.postMessage({ candidate });
}
