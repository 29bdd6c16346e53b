import { createSieve, parsePolicy, type Model, type Policy, type SieveOptions } from '../index.ts';
import type { SiteRule, SiteState, TenantSettings } from '../store/store.ts';
import { readySieve, type EngineParts, type StoreDependencies } from './dependencies.ts';
import type { Site } from './judged.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import { ProblemError } from './problem.ts';
import { SiteModels, type Serving } from './site-models.ts';
import { ruleSetOf, withBuiltin } from './site-rule.ts';

/** A sieve holds about its rules' automaton and the model's layout; what is pushed out is built again in milliseconds. */
const MOST_TENANTS = 32;

interface Built {
  readonly state: string;
  readonly changesAt: number | null;
  readonly site: Promise<Site>;
}

/** Sieves with each tenant's model, rules and policy, built at their first use and again when one of them changes. */
export class TenantSieves {
  readonly #dependencies: StoreDependencies;
  readonly #built = new Map<string, Built>();
  readonly #models: SiteModels;

  constructor(dependencies: StoreDependencies) {
    this.#dependencies = dependencies;
    this.#models = new SiteModels(dependencies);
  }

  /** Rejects with a `not-ready` problem. One small read of the store where nothing has changed, none where the state is known. */
  async siteOf(tenant: string, requestId: string, known?: SiteState): Promise<Site> {
    const { store, clock = Date.now } = this.#dependencies;
    const now = known ?? (await store.site.state(tenant));
    const settings = now.settings ?? DEFAULT_SETTINGS;
    const state = `${now.rules} ${now.samples} ${now.models} ${JSON.stringify(settings.policy)}`;
    const found = this.#built.get(tenant);
    const isFresh = found?.state === state && (found.changesAt === null || clock() < found.changesAt);
    if (found !== undefined && isFresh) return await this.#used(tenant, found);
    const { rules, changesAt } = await store.rules.list(tenant, clock());
    const site = this.#buildAt(tenant, now, rules, settings, requestId);
    return await this.#used(tenant, { state, changesAt, site });
  }

  /** A site with other rules than those stored: what a rule is tried with. */
  async buildWith(
    tenant: string,
    rules: readonly SiteRule[],
    settings: TenantSettings,
    requestId: string,
  ): Promise<Site> {
    return await this.#buildAt(tenant, await this.#dependencies.store.site.state(tenant), rules, settings, requestId);
  }

  async #buildAt(
    tenant: string,
    state: SiteState,
    rules: readonly SiteRule[],
    { policy }: TenantSettings,
    requestId: string,
  ): Promise<Site> {
    const named = typeof policy === 'string' ? { policy } : {};
    const serving = await this.#servingOf(tenant, state);
    const isPlain = serving === null || serving.model.digest === serving.base.digest;
    const told = serving?.degraded === undefined ? {} : { degraded: serving.degraded };
    if (isPlain && rules.length === 0 && (policy === null || typeof policy === 'string')) {
      return { sieve: await readySieve(this.#dependencies, requestId), ...named, ...told };
    }
    const parts = await this.parts();
    const own = typeof policy === 'object' && policy !== null ? overridden(parts.policy, policy) : parts.policy;
    const made = optionsOf({ ...parts, ...serving }, own, rules);
    return { sieve: await createSieve(made), made, ...named, ...told };
  }

  /** `null` where this service does not learn. */
  async #servingOf(tenant: string, state: SiteState): Promise<Serving | null> {
    if (state.samples === 0 && state.models === 0) return null;
    const { model, counts } = await this.parts();
    return counts === undefined ? null : await this.#models.servingOf(tenant, state, { model, counts: await counts() });
  }

  /** Tenants whose champion could not be loaded. */
  async degraded(): Promise<number> {
    return await this.#models.degraded();
  }

  async parts(): Promise<EngineParts> {
    const { parts } = this.#dependencies;
    if (parts === undefined) {
      throw new ProblemError('not-ready', 'this service was started without what rules and policies of a site need');
    }
    return await parts();
  }

  /** The least recently used one is the first of the map. */
  async #used(tenant: string, built: Built): Promise<Site> {
    this.#built.delete(tenant);
    this.#built.set(tenant, built);
    if (this.#built.size > MOST_TENANTS) this.#built.delete([...this.#built.keys()][0]);
    try {
      return await built.site;
    } catch (error) {
      if (this.#built.get(tenant) === built) this.#built.delete(tenant);
      throw error;
    }
  }
}

/** The policy with some fields replaced; its alternatives stay. Throws a `PolicyError`. */
export function overridden(policy: Policy, overrides: Readonly<Record<string, unknown>>): Policy {
  return parsePolicy({ ...policy, ...overrides, name: 'custom', alternatives: withOwnName(policy) });
}

function withOwnName({ name, thresholds, alternatives }: Policy): Policy['alternatives'] {
  return { ...alternatives, [name]: thresholds };
}

function optionsOf(
  { model, base }: Pick<EngineParts, 'model'> & { readonly base?: Model },
  policy: Policy,
  rules: readonly SiteRule[],
): SieveOptions {
  const own = rules.length === 0 ? {} : { rules: withBuiltin(ruleSetOf(rules)) };
  return { model, policy, ...own, ...(base === undefined ? {} : { base }) };
}
