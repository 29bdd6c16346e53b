import type { KnownTerms } from '../bayes/known-terms.ts';
import { createSieve } from '../sieve.ts';
import { Novelty } from '../samples/novelty.ts';
import { decodeModel } from '../bayes/codec.ts';
import { encodeLearned } from '../bayes/figures.ts';
import type { BaseModel } from '../samples/adapt.ts';
import { build, type Progress } from '../training/build.ts';
import type { TrainingRow } from '../training/corpus.ts';
import { expectedFigures, type ExpectedFigures } from '../training/line-figures.ts';
import { gate, type GateReport, type GateSample } from '../training/gate.ts';
import type { Policy } from '../verdict/policy.ts';
import { sha256Hex } from '../sha256.ts';

/** What a candidate is made of and measured against; plain data, so that it can go to another thread. */
export interface TrainingInput {
  readonly samples: readonly GateSample[];
  /** File of the champion; `null`: the base model. */
  readonly champion: Uint8Array | null;
}

export interface Candidate {
  readonly digest: string;
  readonly model: Uint8Array;
  readonly learned: Uint8Array;
  /** SHA-256 of the samples in their order: id, label, author, influence. */
  readonly samplesDigest: string;
  readonly report: GateReport;
  /** What it makes of held-out rows: what traffic is held against later. */
  readonly expected: ExpectedFigures;
}

/** Rejects where `progress` does: that is how a job is cancelled. */
export type Trainer = (
  input: TrainingInput,
  progress: (share: number, stage: string) => Promise<void>,
) => Promise<Candidate>;

export interface TrainerParts {
  readonly base: BaseModel;
  readonly policy: Policy;
  readonly heldOut: readonly TrainingRow[];
  /** Tells novel lines; nothing is said of them where it is left out. */
  readonly knownTerms?: KnownTerms | undefined;
}

/** Part of the work that building is; measuring is the rest, ten builds. */
const BUILDING = 0.1;

/** A trainer in the thread that it is called in. */
export function trainerOf({ base, policy, heldOut, knownTerms }: TrainerParts): Trainer {
  return async ({ samples, champion }, progress) => {
    const from =
      (start: number, length: number, stage: string): Progress =>
      (share) =>
        progress(start + length * share, stage);
    const built = await build(base, samples, samples.length, from(0, BUILDING, 'building'));
    const before = champion === null ? base.model : await decodeModel(champion);
    const input = { base, policy, candidate: built.model, champion: before, samples, heldOut };
    const report = await gate(input, from(BUILDING, 1 - BUILDING, 'measuring'));
    const sieve = await createSieve({ model: built.model, policy, base: base.model });
    const novelty = knownTerms === undefined ? null : new Novelty(knownTerms);
    const expected = expectedFigures(sieve, novelty, heldOut);
    const learned = await encodeLearned(built.learner.counts);
    const samplesDigest = await sha256Hex(samples.map(lineOf).join('\n'));
    return { digest: built.model.digest, model: built.bytes, learned, samplesDigest, report, expected };
  };
}

function lineOf({ id, label, author, influence }: GateSample): string {
  return JSON.stringify([id, label, author, influence]);
}
