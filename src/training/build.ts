import { adapt, type AdaptedModel, type BaseModel } from '../samples/adapt.ts';
import { Learner, type LearnedSample } from '../samples/learner.ts';

/** A candidate, and what was learned in it. */
export interface Built extends AdaptedModel {
  readonly learner: Learner;
}

/** Told between steps of long work with the share that is done; throws to end it. */
export type Progress = (share: number) => Promise<void>;

/** Samples between two reports of progress: some tens of milliseconds. */
const STEP = 1_000;

/**
 * The base model with all samples: what instant learning comes to when each of them is learned one by one, byte for byte. 100,000
 * samples take some seconds.
 */
export async function build(
  base: BaseModel,
  samples: Iterable<LearnedSample>,
  count: number,
  progress?: Progress,
): Promise<Built> {
  const learner = new Learner();
  let done = 0;
  for (const sample of samples) {
    learner.learn(sample);
    if (++done % STEP === 0) await progress?.(done / count);
  }
  return { ...(await adapt(base, learner.counts)), learner };
}
