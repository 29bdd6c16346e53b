import type { ClaimedJob, ModelAliases, ModelRecord } from '../store/store.ts';
import type { GateSample } from '../training/gate.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { ModelDesk, Wish } from './model-desk.ts';
import { ProblemError } from './problem.ts';
import { trainerOf, type Candidate } from './trainer.ts';
import { sendEvents } from './webhook-events.ts';
import { sha256Hex } from '../sha256.ts';

/** What a worker has to say that it is alive in; a job whose worker died is taken up after it. */
const LEASE_MS = 30_000;
const MOST_ATTEMPTS = 3;

export interface TrainingWish extends Wish {
  /** Whether a candidate that passes becomes champion without being asked for again. */
  readonly promote: boolean;
}

/** Builds that were asked for: each is made, measured, kept, and promoted if it passed. */
export class TrainingJobs {
  readonly #dependencies: StoreDependencies;
  readonly #desk: ModelDesk;

  constructor(dependencies: StoreDependencies, desk: ModelDesk) {
    this.#dependencies = dependencies;
    this.#desk = desk;
  }

  /** Queues a build; `runDue` does it. Gives the id of the job. */
  async queue(tenant: string, wish: TrainingWish): Promise<string> {
    this.#desk.files();
    const id = crypto.randomUUID();
    const input = { ...wish };
    await this.#dependencies.store.jobs.create(tenant, { id, kind: 'train', input, createdAt: this.#desk.now() });
    return id;
  }

  /**
   * Queues a build for every tenant whose samples have changed since its last one, unless that was asked for less than `everyMs` ago. Gives
   * their number.
   */
  async queueScheduled(everyMs: number): Promise<number> {
    const { store } = this.#dependencies;
    let queued = 0;
    for (const { tenant, revision } of await store.samples.revisions()) {
      const { items } = await store.jobs.list(tenant, { kind: 'train', limit: 1 });
      const [last] = items;
      if (last !== undefined && last.createdAt > this.#desk.now() - everyMs) continue;
      const [model] = (await store.models.list(tenant, { limit: 1 })).items;
      if (model !== undefined && model.samplesRevision >= revision) continue;
      await this.queue(tenant, { author: 'schedule', reason: 'samples have changed', promote: true });
      queued++;
    }
    return queued;
  }

  /** Does what is queued, of any tenant, until nothing is left. A job that fails is tried again twice. */
  async runDue(): Promise<number> {
    if (this.#dependencies.modelFiles === undefined) return 0;
    let done = 0;
    for (;;) {
      const job = await this.#dependencies.store.jobs.claim('train', this.#desk.now(), LEASE_MS);
      if (job === null) return done;
      await this.#run(job);
      done++;
    }
  }

  async #run(job: ClaimedJob): Promise<void> {
    const { store, report } = this.#dependencies;
    try {
      const result = await this.#train(job);
      if (await store.jobs.finish(job, result, this.#desk.now()))
        await sendEvents(store, job.tenant, 'model.trained', [{ job: job.id, ...result }], this.#desk.now());
    } catch (error) {
      if (error instanceof Cancelled) return;
      report?.(error, 'none');
      const message = error instanceof Error ? error.message : String(error);
      await store.jobs.fail(job, message, job.attempts < MOST_ATTEMPTS, this.#desk.now());
    }
  }

  async #train(job: ClaimedJob): Promise<Record<string, unknown>> {
    const { store } = this.#dependencies;
    const { tenant } = job;
    const wish = job.input as unknown as TrainingWish;
    const progress = async (share: number, stage: string): Promise<void> => {
      if (!(await store.jobs.beat(job, share, stage, this.#desk.now() + LEASE_MS))) throw new Cancelled();
    };
    await progress(0, 'reading samples');
    const aliases = await store.models.aliases(tenant);
    const samplesRevision = await store.samples.revision(tenant);
    const samples = await this.#gateSamples(tenant, aliases);
    const champion =
      aliases.champion === null ? null : await this.#desk.files().get(tenant, aliases.champion, 'model.bin');
    const candidate = await (await this.#trainer())({ samples, champion }, progress);
    const { digest, report } = candidate;
    if (digest === (aliases.champion ?? (await this.#desk.parts()).model.digest) && samples.length > 0)
      return { digest, unchanged: true, promoted: false, passed: report.passed, failures: report.failures };
    await progress(1, 'keeping');
    const record = await this.#keep(tenant, candidate, samples, { aliases, samplesRevision, wish });
    const promoted = wish.promote && record.state === 'ready';
    if (promoted) await this.#desk.change(tenant, aliases, digest, wish, samplesRevision);
    return { digest, unchanged: false, promoted, passed: report.passed, failures: report.failures };
  }

  async #keep(
    tenant: string,
    { digest, model, learned, samplesDigest, report, expected }: Candidate,
    samples: readonly GateSample[],
    { aliases, samplesRevision, wish }: { aliases: ModelAliases; samplesRevision: number; wish: TrainingWish },
  ): Promise<ModelRecord> {
    const { store, version } = this.#dependencies;
    const text = new TextEncoder();
    const list = samples.map(({ id }) => id).join('\n');
    const { model: base } = await this.#desk.parts();
    const { rules, policy } = (await this.#dependencies.sieve()).engine;
    const card = {
      name: 'site',
      version,
      base: base.digest,
      model: digest,
      learned: await sha256Hex(learned),
      samples: samples.length,
      samplesRevision,
      samplesDigest,
      rules,
      policy,
      parent: aliases.champion,
      ...wish,
      gate: report,
      expected,
    };
    const files = { 'learned.bin': learned, 'samples.txt': text.encode(list) };
    const bytes = text.encode(`${JSON.stringify(card, null, 2)}\n`);
    await this.#desk.files().put(tenant, digest, { 'model.bin': model, ...files, 'card.json': bytes });
    const state = report.passed ? 'ready' : 'refused';
    const { author } = wish;
    const record = {
      digest,
      parent: aliases.champion,
      createdAt: this.#desk.now(),
      author,
      samplesRevision,
      card,
      state,
    } as const;
    await store.models.put(tenant, record);
    return record;
  }

  async #gateSamples(tenant: string, { champion }: ModelAliases): Promise<GateSample[]> {
    const known = await this.#desk.builtWith(tenant, champion);
    const samples: GateSample[] = [];
    for (const { id, text, label, author, influence, documentId, textHash } of await this.#desk.learned(tenant)) {
      samples.push({ id, text, label, author, influence, group: documentId ?? textHash, inChampion: known.has(id) });
    }
    return samples;
  }

  async #trainer(): Promise<NonNullable<StoreDependencies['trainer']>> {
    if (this.#dependencies.trainer !== undefined) return this.#dependencies.trainer;
    const { model, policy, counts, heldOut, knownTerms } = await this.#desk.parts();
    if (counts === undefined) throw new ProblemError('not-ready', 'this service has no counts to add samples to');
    return trainerOf({
      base: { model, counts: await counts() },
      policy,
      heldOut: (await heldOut?.()) ?? [],
      knownTerms: await knownTerms?.(),
    });
  }
}

/** The job was taken away: nothing is said of it any more. */
class Cancelled extends Error {}
