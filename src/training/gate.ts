import type { Model } from '../bayes/model.ts';
import { adapt, type BaseModel } from '../samples/adapt.ts';
import { Learner, type LearnedSample } from '../samples/learner.ts';
import { createSieve, type Sieve } from '../sieve.ts';
import type { Policy } from '../verdict/policy.ts';
import type { Progress } from './build.ts';
import type { TrainingRow } from './corpus.ts';

/** Parts that samples are split into: each is judged by a model that has not seen it. */
const FOLDS = 5;
/** Of the repository's held-out spam rows of a category, so many may be lost in a hundred, and one in any case. */
const LOST_PER_HUNDRED = 1;
/** Held-out rows between two reports of progress: some tens of milliseconds. */
const STEP = 500;
/** Lines that a report names one by one. */
const NAMED = 20;

/** A sample and what it must not be parted from: the document that it came from, else itself. */
export interface GateSample extends LearnedSample {
  readonly group: string;
  /** Whether the champion has learned it. */
  readonly inChampion: boolean;
}

export interface GateInput {
  readonly base: BaseModel;
  readonly policy: Policy;
  readonly candidate: Model;
  /** The base model where no samples were learned before. */
  readonly champion: Model;
  readonly samples: readonly GateSample[];
  /** Rows that no training reads. */
  readonly heldOut: readonly TrainingRow[];
}

/** How many of so many lines two models flag. */
export interface Compared {
  readonly lines: number;
  readonly champion: number;
  readonly candidate: number;
}

export interface GateReport {
  readonly passed: boolean;
  /** Why it did not pass, with the figures; empty where it did. */
  readonly failures: readonly string[];
  /** Samples, each judged by a build without its document; champion and candidate alike. */
  readonly samples: { readonly spam: Compared; readonly legit: Compared };
  /** Rows of the repository, judged by the models as they are. */
  readonly heldOut: { readonly honest: Compared; readonly spam: Readonly<Record<string, Compared>> };
  /** Honest rows that only the candidate flags. */
  readonly newAlarms: readonly { readonly id: string; readonly text: string }[];
}

/**
 * Measures a candidate with the whole filter on lines that it has not seen. It passes where it finds more of the spam that people
 * flagged and no less of anything else: no honest sample or held-out row more is flagged, no category of held-out spam falls. With
 * few samples as with many: each of them counts, since each is judged by a build without it (5 builds for either model).
 */
export async function gate(input: GateInput, progress?: Progress): Promise<GateReport> {
  const samples = await crossFitted(input, progress);
  const { honest, spam, newAlarms } = await onHeldOut(input, progress);
  const failures = [
    ...(input.samples.length === 0 ? ['there are no samples: nothing was learned'] : []),
    ...(input.heldOut.length === 0 ? ['there are no held-out rows: nothing was measured'] : []),
    ...sampleFailures(samples),
    ...heldOutFailures(honest, spam),
  ];
  return { passed: failures.length === 0, failures, samples, heldOut: { honest, spam }, newAlarms };
}

async function crossFitted({ base, policy, samples }: GateInput, progress?: Progress): Promise<GateReport['samples']> {
  const spam = { lines: 0, champion: 0, candidate: 0 };
  const legit = { lines: 0, champion: 0, candidate: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const judged = samples.filter(({ group }) => foldOf(group) === fold);
    if (judged.length === 0) continue;
    const others = samples.filter(({ group }) => foldOf(group) !== fold);
    const candidate = await sieveWith(base, policy, others);
    await progress?.((fold + 0.5) / FOLDS);
    const champion = await sieveWith(
      base,
      policy,
      others.filter(({ inChampion }) => inChampion),
    );
    for (const { text, label } of judged) {
      const of = label === 'spam' ? spam : legit;
      of.lines++;
      if (isFlagged(champion, text)) of.champion++;
      if (isFlagged(candidate, text)) of.candidate++;
    }
    await progress?.((fold + 1) / FOLDS);
  }
  return { spam, legit };
}

async function sieveWith(base: BaseModel, policy: Policy, samples: readonly LearnedSample[]): Promise<Sieve> {
  const learner = new Learner();
  for (const sample of samples) learner.learn(sample);
  const { model } = await adapt(base, learner.counts);
  return await createSieve({ model, policy, base: base.model });
}

async function onHeldOut(
  { base, policy, champion, candidate, heldOut }: GateInput,
  progress?: Progress,
): Promise<{
  honest: Compared;
  spam: Record<string, Compared>;
  newAlarms: { id: string; text: string }[];
}> {
  const [before, after] = await Promise.all(
    [champion, candidate].map((model) => createSieve({ model, policy, base: base.model })),
  );
  const honest = { lines: 0, champion: 0, candidate: 0 };
  const spam: Record<string, { lines: number; champion: number; candidate: number }> = {};
  const newAlarms: { id: string; text: string }[] = [];
  for (const [at, { id, text, label, category }] of heldOut.entries()) {
    if (at % STEP === 0) await progress?.(1);
    const of = label === 'legit' ? honest : (spam[category] ??= { lines: 0, champion: 0, candidate: 0 });
    const [was, is] = [isFlagged(before, text), isFlagged(after, text)];
    of.lines++;
    if (was) of.champion++;
    if (is) of.candidate++;
    if (label === 'legit' && is && !was && newAlarms.length < NAMED) newAlarms.push({ id, text });
  }
  return { honest, spam, newAlarms };
}

function sampleFailures({ spam, legit }: GateReport['samples']): string[] {
  const failures: string[] = [];
  if (spam.lines > 0 && legit.lines === 0 && spam.candidate < spam.champion)
    failures.push(worse('flagged samples', spam));
  if (legit.lines > 0 && legit.candidate > legit.champion)
    failures.push(`honest samples flagged: ${legit.champion} → ${legit.candidate} of ${legit.lines}`);
  // Honest samples ask for fewer findings; what spam they cost is then weighed against the alarms that they end.
  const saved = legit.champion - legit.candidate;
  if (legit.lines > 0 && spam.champion - spam.candidate > saved) failures.push(worse('flagged samples', spam));
  return failures;
}

function heldOutFailures(honest: Compared, spam: Readonly<Record<string, Compared>>): string[] {
  const failures: string[] = [];
  if (honest.candidate > honest.champion)
    failures.push(`held-out honest lines flagged: ${honest.champion} → ${honest.candidate} of ${honest.lines}`);
  for (const [category, figures] of Object.entries(spam)) {
    const allowed = Math.max(1, Math.floor((figures.lines * LOST_PER_HUNDRED) / 100));
    if (figures.champion - figures.candidate > allowed) failures.push(worse(`held-out ${category}`, figures));
  }
  return failures;
}

function worse(what: string, { champion, candidate, lines }: Compared): string {
  return `${what} found: ${champion} → ${candidate} of ${lines}`;
}

function isFlagged(sieve: Sieve, text: string): boolean {
  return sieve.check({ text }).spans.length > 0;
}

/** FNV-1a with MurmurHash3's finaliser: which fold a group is judged in. */
function foldOf(group: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < group.length; i++) hash = Math.imul(hash ^ group.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % FOLDS;
}
