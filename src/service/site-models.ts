import { decodeModel } from '../bayes/codec.ts';
import { decodeLearned } from '../bayes/figures.ts';
import type { Model } from '../index.ts';
import { adapt, type BaseModel } from '../samples/adapt.ts';
import { Learner } from '../samples/learner.ts';
import type { ModelAliases, SamplePlace, SiteState } from '../store/store.ts';
import type { StoreDependencies } from './dependencies.ts';
import { nextTask } from './next-task.ts';

/** Tenants whose learners are held: a learner of a thousand samples weighs about a megabyte. */
const MOST_TENANTS = 32;
const PAGE = 1000;
/** Changes that are learned between two looks at what else waits: some milliseconds. */
const SLICE = 100;
/** Changes that are learned on top of a champion, one by one; what is beyond them waits for a build. About .2 s of work at most. */
export const MOST_INSTANT = 5_000;

/** What judges the documents of a tenant. */
export interface Serving {
  readonly model: Model;
  /** What samples were added to. */
  readonly base: Model;
  /** Why it is not the model that was wanted. */
  readonly degraded?: string;
}

interface Followed {
  readonly aliases: ModelAliases;
  readonly learner: Learner;
  /** The model of the champion as it is kept, `null` for the base model. */
  readonly champion: Model | null;
  readonly degraded?: string;
  readonly serving: Serving;
  readonly place: SamplePlace;
  /** Changes that were learned on top of the champion. */
  readonly instant: number;
}

/**
 * The model of each tenant: its champion, and what was labelled since, learned at once. A change of samples or aliases is seen at the next
 * check. A champion whose files are gone or damaged is replaced by the one before, at last by the base model, and says so.
 */
export class SiteModels {
  readonly #dependencies: StoreDependencies;
  readonly #followed = new Map<string, Promise<Followed>>();

  constructor(dependencies: StoreDependencies) {
    this.#dependencies = dependencies;
  }

  /** Tenants that are judged by another model than the one that was promoted. */
  async degraded(): Promise<number> {
    const followed = await Promise.all([...this.#followed.values()].map((one) => one.catch(() => null)));
    return followed.filter((one) => one?.degraded !== undefined).length;
  }

  async servingOf(tenant: string, state: SiteState, base: BaseModel): Promise<Serving> {
    if (state.samples === 0 && state.models === 0) return { model: base.model, base: base.model };
    // One after another: each starts from what the one before came to.
    const next = this.#follow(tenant, this.#followed.get(tenant), state, base);
    this.#followed.delete(tenant);
    this.#followed.set(tenant, next);
    if (this.#followed.size > MOST_TENANTS) this.#followed.delete([...this.#followed.keys()][0]);
    try {
      return (await next).serving;
    } catch (error) {
      if (this.#followed.get(tenant) === next) this.#followed.delete(tenant);
      throw error;
    }
  }

  async #follow(
    tenant: string,
    before: Promise<Followed> | undefined,
    state: SiteState,
    base: BaseModel,
  ): Promise<Followed> {
    const held = await before?.catch(() => undefined);
    const from = held?.aliases.revision === state.models ? held : await this.#load(tenant, base);
    return from.place.revision > state.samples ? from : await this.#learn(tenant, from, base);
  }

  /** Learns what changed, and takes back what was withdrawn. */
  async #learn(tenant: string, from: Followed, base: BaseModel): Promise<Followed> {
    const { samples } = this.#dependencies.store;
    const { learner } = from;
    let { place, instant } = from;
    while (instant < MOST_INSTANT) {
      const changed = await samples.changedSince(tenant, place, Math.min(PAGE, MOST_INSTANT - instant));
      for (const [at, sample] of changed.entries()) {
        if (sample.state === 'active') learner.learn(sample);
        else learner.forget(sample);
        if (at % SLICE === SLICE - 1) await nextTask();
      }
      instant += changed.length;
      const last = changed.at(-1);
      if (last === undefined) break;
      place = { revision: last.revision, id: last.id };
    }
    const unchanged = instant === from.instant;
    const serving = unchanged ? from.serving : await this.#serve(from, learner, base);
    return { ...from, place: unchanged ? from.place : place, instant, serving };
  }

  async #serve({ degraded }: Followed, learner: Learner, base: BaseModel): Promise<Serving> {
    const { model } = await adapt(base, learner.counts);
    return { model, base: base.model, ...(degraded === undefined ? {} : { degraded }) };
  }

  async #load(tenant: string, base: BaseModel): Promise<Followed> {
    const aliases = await this.#dependencies.store.models.aliases(tenant);
    const { champion, learner, degraded } = await this.#championOf(tenant, aliases);
    const told = degraded === undefined ? {} : { degraded };
    const serving = { model: champion ?? base.model, base: base.model, ...told };
    const place = { revision: aliases.learnFrom + 1, id: '' };
    return { aliases, learner, champion, ...told, serving, place, instant: 0 };
  }

  async #championOf(
    tenant: string,
    { champion, previous }: ModelAliases,
  ): Promise<{ champion: Model | null; learner: Learner; degraded?: string }> {
    if (champion === null) return { champion: null, learner: new Learner() };
    try {
      return await this.#read(tenant, champion);
    } catch (error) {
      const degraded = `model ${champion} could not be loaded: ${messageOf(error)}`;
      this.#dependencies.report?.(new Error(degraded, { cause: error }), 'none');
      if (typeof previous === 'string') {
        const read = await this.#read(tenant, previous).catch(() => null);
        if (read !== null) return { ...read, degraded: `${degraded}; ${previous} serves` };
      }
      return { champion: null, learner: new Learner(), degraded: `${degraded}; the base model serves` };
    }
  }

  async #read(tenant: string, digest: string): Promise<{ champion: Model; learner: Learner }> {
    const { modelFiles } = this.#dependencies;
    if (modelFiles === undefined) throw new Error('this service has no place for models');
    const names = ['model.bin', 'learned.bin', 'samples.txt'] as const;
    const [bytes, learned, ids] = await Promise.all(names.map((name) => modelFiles.get(tenant, digest, name)));
    if (bytes === null || learned === null || ids === null) throw new Error('its files are not there');
    const champion = await decodeModel(bytes);
    if (champion.digest !== digest) throw new Error(`its file has the digest ${champion.digest}`);
    const list = new TextDecoder()
      .decode(ids)
      .split('\n')
      .filter((id) => id !== '');
    return { champion, learner: new Learner(await decodeLearned(learned), list) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
