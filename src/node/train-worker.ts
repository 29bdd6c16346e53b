import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { trainerOf, type TrainingInput } from '../service/trainer.ts';
import { loadBaseParts, readHeldOut } from './base-parts.ts';

/** The thread of `thread-trainer.ts`: gets an input, says how far it is, waits to be told to go on, answers with the candidate. */
parentPort?.once('message', (input: TrainingInput) => void work(input));

async function work(input: TrainingInput): Promise<void> {
  // Of this thread alone, on Linux; where it is not allowed, the thread is as any other.
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {}
  const { model, policy, counts } = await loadBaseParts();
  if (counts === undefined) throw new Error('the base model has no counts');
  const train = trainerOf({ base: { model, counts: await counts() }, policy, heldOut: readHeldOut() });
  const candidate = await train(input, async (share, stage) => {
    const goOn = new Promise((resolve) => parentPort?.once('message', resolve));
    parentPort?.postMessage({ share, stage });
    await goOn;
  });
  parentPort?.postMessage({ candidate });
}
