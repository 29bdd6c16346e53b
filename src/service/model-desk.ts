import { decodeModel } from '../bayes/codec.ts';
import { createSieve, type Model, type Sieve } from '../index.ts';
import type { ModelAliases, ModelRecord, SampleRecord } from '../store/store.ts';
import type { ModelFiles } from '../store/model-files.ts';
import type { EngineParts, StoreDependencies } from './dependencies.ts';
import { nextTask } from './next-task.ts';
import { ProblemError } from './problem.ts';

/** Rows that are read at once: a millisecond, in which checks wait. */
const PAGE = 200;
/** What a store takes in one piece. */
const WITHDRAWN_AT_ONCE = 1000;
/** Rows that two models judge before others have their turn: about a millisecond. */
const COMPARED_AT_ONCE = 20;
/** Lines that a comparison names. */
const MOST_LINES = 50;

/** Who wants it, and why: kept with what it leads to. */
export interface Wish {
  readonly author: string;
  readonly reason: string;
}

/** What came of a roll-back, and of the labels that the model it went back to was not built with. */
export interface Rollback {
  readonly aliases: ModelAliases;
  /** Still to be learned: the next build learns them again. */
  readonly unlearned: number;
  readonly withdrawn: number;
}

export interface Difference {
  readonly id: string;
  readonly text: string;
  readonly label: string;
  readonly a: boolean;
  readonly b: boolean;
}

/** What is done with models that were built: promoted, rolled back, compared, pruned; over HTTP and on the command line alike. */
export class ModelDesk {
  readonly #dependencies: StoreDependencies;

  constructor(dependencies: StoreDependencies) {
    this.#dependencies = dependencies;
  }

  /** The champion becomes another model that is ready; with `override` also one that the gate refused. */
  async promote(tenant: string, digest: string, wish: Wish, override = false): Promise<ModelAliases> {
    const { models } = this.#dependencies.store;
    const record = await models.get(tenant, digest);
    if (record === null) throw new ProblemError('not-found', `you have no model ${digest.slice(0, 100)}`);
    if (record.state === 'refused' && !override) {
      const detail = `the gate refused this model (${failuresOf(record)}); promote it with override and a reason, or label more`;
      throw new ProblemError('conflict', detail);
    }
    if (record.state === 'pruned')
      throw new ProblemError('conflict', 'the files of this model were pruned; train again');
    await this.#verify(tenant, digest);
    const aliases = await models.aliases(tenant);
    if (aliases.champion === digest) return aliases;
    await this.change(tenant, aliases, digest, wish, record.samplesRevision);
    return await models.aliases(tenant);
  }

  /**
   * Goes back to what was champion before. What was labelled until now is then learned by that model alone, so that labels which spoiled
   * the other one spoil it no further, until the next build, which learns all that is not withdrawn; with `withdraw` they are.
   */
  async rollback(tenant: string, wish: Wish, withdraw = false): Promise<Rollback> {
    const { models, samples } = this.#dependencies.store;
    const aliases = await models.aliases(tenant);
    const { previous } = aliases;
    if (previous === undefined)
      throw new ProblemError('conflict', 'nothing was promoted yet: there is no model to go back to');
    if (previous !== null) await this.#verify(tenant, previous);
    await this.change(tenant, aliases, previous, wish, await samples.revision(tenant));
    const withdrawn = withdraw ? await this.withdrawUnlearned(tenant) : 0;
    const unlearned = (await this.#unlearned(tenant)).length;
    return { aliases: await models.aliases(tenant), unlearned, withdrawn };
  }

  /** Withdraws all labels that the champion was not built with; gives their number. Called again where it was cut short, it goes on. */
  async withdrawUnlearned(tenant: string): Promise<number> {
    const ids = await this.#unlearned(tenant);
    let withdrawn = 0;
    for (let start = 0; start < ids.length; start += WITHDRAWN_AT_ONCE)
      withdrawn += await this.#dependencies.store.samples.withdraw(tenant, ids.slice(start, start + WITHDRAWN_AT_ONCE));
    return withdrawn;
  }

  async #unlearned(tenant: string): Promise<string[]> {
    const built = await this.builtWith(tenant, (await this.#dependencies.store.models.aliases(tenant)).champion);
    return (await this.learned(tenant)).flatMap(({ id }) => (built.has(id) ? [] : [id]));
  }

  /** Ids of the samples that a model was built with; none for the base model. */
  async builtWith(tenant: string, digest: string | null): Promise<ReadonlySet<string>> {
    const ids = digest === null ? null : await this.files().get(tenant, digest, 'samples.txt');
    return new Set(ids === null ? [] : new TextDecoder().decode(ids).split('\n'));
  }

  async setChallenger(tenant: string, digest: string | null, share: number): Promise<ModelAliases> {
    const { models } = this.#dependencies.store;
    if (digest !== null) await this.#verify(tenant, digest);
    const { revision } = await models.aliases(tenant);
    await models.setChallenger(tenant, revision, digest, digest === null ? 0 : share);
    return await models.aliases(tenant);
  }

  /**
   * Held-out rows and samples that one of two models flags and the other does not; `base` names the base model. Now and then others have
   * their turn, and `progress` is told the share that is done.
   */
  async compare(
    tenant: string,
    a: string,
    b: string,
    progress?: (share: number) => void,
  ): Promise<{ lines: number; differences: Difference[] }> {
    const parts = await this.parts();
    const [first, second] = await Promise.all([a, b].map((digest) => this.#sieveOf(tenant, digest, parts)));
    const rows = [...((await parts.heldOut?.()) ?? []), ...(await this.learned(tenant))];
    const differences: Difference[] = [];
    for (const [at, { id, text, label }] of rows.entries()) {
      if (at % COMPARED_AT_ONCE === COMPARED_AT_ONCE - 1) await nextTask();
      progress?.(at / rows.length);
      const [inA, inB] = [first, second].map((sieve) => sieve.check({ text }).spans.length > 0);
      if (inA !== inB && differences.length < MOST_LINES) differences.push({ id, text, label, a: inA, b: inB });
    }
    return { lines: rows.length, differences };
  }

  /** Deletes the files of models that have no alias, but the newest `keep`; gives their digests. */
  async prune(tenant: string, keep: number): Promise<string[]> {
    const { models } = this.#dependencies.store;
    const { champion, previous, challenger } = await models.aliases(tenant);
    const pruned: string[] = [];
    let kept = 0;
    for (const record of await this.#all(tenant)) {
      if ([champion, previous, challenger].includes(record.digest) || record.state === 'pruned') continue;
      if (kept++ < keep) continue;
      await models.put(tenant, { ...record, state: 'pruned' });
      await this.files().remove(tenant, record.digest);
      pruned.push(record.digest);
    }
    return pruned;
  }

  /** Reads every model that is not pruned; gives what is wrong with each, `null` where nothing is. */
  async verifyAll(tenant: string): Promise<{ digest: string; fault: string | null }[]> {
    const records = (await this.#all(tenant)).filter(({ state }) => state !== 'pruned');
    const results = records.map(async ({ digest }) => {
      const fault = await this.#verify(tenant, digest).then(
        () => null,
        (error: Error) => error.message,
      );
      return { digest, fault };
    });
    return await Promise.all(results);
  }

  /** Rejects with `conflict` where the aliases are not these any more. */
  async change(tenant: string, aliases: ModelAliases, to: string | null, wish: Wish, learnFrom: number): Promise<void> {
    const { author, reason } = wish;
    const promotion = { at: this.now(), from: aliases.champion, to, author, reason };
    await this.#dependencies.store.models.promote(tenant, aliases.revision, promotion, learnFrom);
  }

  /** Everything that is learned, by id. Between pages others have their turn. */
  async learned(tenant: string): Promise<SampleRecord[]> {
    const samples: SampleRecord[] = [];
    for (;;) {
      const page = await this.#dependencies.store.samples.learned(tenant, samples.at(-1)?.id ?? '', PAGE);
      samples.push(...page);
      if (page.length < PAGE) return samples;
      await nextTask();
    }
  }

  async #all(tenant: string): Promise<ModelRecord[]> {
    const records: ModelRecord[] = [];
    let cursor: string | null = null;
    do {
      const after: { cursor?: string } = cursor === null ? {} : { cursor };
      const page = await this.#dependencies.store.models.list(tenant, { limit: PAGE, ...after });
      records.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return records;
  }

  async #sieveOf(tenant: string, digest: string, { model, policy }: EngineParts): Promise<Sieve> {
    if (digest === 'base' || digest === model.digest) return await createSieve({ model, policy });
    return await createSieve({ model: await this.#verify(tenant, digest), policy, base: model });
  }

  /** The model, which is whole. Throws a `conflict` problem that says what is wrong with it. */
  async #verify(tenant: string, digest: string): Promise<Model> {
    const bytes = await this.files().get(tenant, digest, 'model.bin');
    if (bytes === null)
      throw new ProblemError('conflict', `the files of model ${digest.slice(0, 64)} are not there; train again`);
    try {
      const model = await decodeModel(bytes);
      if (model.digest === digest) return model;
      throw new Error(`its file has the digest ${model.digest}`);
    } catch (error) {
      throw new ProblemError('conflict', `model ${digest}: ${(error as Error).message}`);
    }
  }

  async parts(): Promise<EngineParts> {
    const parts = await this.#dependencies.parts?.();
    if (parts === undefined)
      throw new ProblemError('not-ready', 'this service was started without a base model to build on');
    return parts;
  }

  /** Throws a `not-ready` problem. */
  files(): ModelFiles {
    const { modelFiles } = this.#dependencies;
    if (modelFiles !== undefined) return modelFiles;
    throw new ProblemError(
      'not-ready',
      'this service has no place for models; start it with a data folder or a bucket',
    );
  }

  now(): number {
    return (this.#dependencies.clock ?? Date.now)();
  }
}

function failuresOf({ card }: ModelRecord): string {
  const { gate } = card as { gate?: { failures?: string[] } };
  return gate?.failures?.join('; ') ?? 'no report';
}
