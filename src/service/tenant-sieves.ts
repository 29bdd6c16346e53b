import { createSieve, parsePolicy, type Policy, type Sieve } from '../index.ts';
import type { SiteRule, TenantSettings } from '../store/store.ts';
import { readySieve, type EngineParts, type StoreDependencies } from './dependencies.ts';
import type { Site } from './judged.ts';
import { DEFAULT_SETTINGS } from './log-verdict.ts';
import { ProblemError } from './problem.ts';
import { ruleSetOf, withBuiltin } from './site-rule.ts';

/** A sieve holds about its rules' automaton and the model's layout; what is pushed out is built again in milliseconds. */
const MOST_TENANTS = 32;

interface Built {
  readonly state: string;
  readonly changesAt: number | null;
  readonly site: Promise<Site>;
}

/** Sieves with each tenant's rules and policy, built at their first use and again when either changes. */
export class TenantSieves {
  readonly #dependencies: StoreDependencies;
  readonly #built = new Map<string, Built>();

  constructor(dependencies: StoreDependencies) {
    this.#dependencies = dependencies;
  }

  /** Rejects with a `not-ready` problem. Two small reads of the store where nothing has changed. */
  async siteOf(tenant: string, requestId: string): Promise<Site> {
    const { store, clock = Date.now } = this.#dependencies;
    const settings = (await store.settings.get(tenant)) ?? DEFAULT_SETTINGS;
    const state = `${await store.rules.revision(tenant)} ${JSON.stringify(settings.policy)}`;
    const found = this.#built.get(tenant);
    const isFresh = found?.state === state && (found.changesAt === null || clock() < found.changesAt);
    if (found !== undefined && isFresh) return await this.#used(tenant, found);
    const { rules, changesAt } = await store.rules.list(tenant, clock());
    return await this.#used(tenant, { state, changesAt, site: this.buildWith(rules, settings, requestId) });
  }

  /** A site with other rules than those stored: what a rule is tried with. */
  async buildWith(rules: readonly SiteRule[], { policy }: TenantSettings, requestId: string): Promise<Site> {
    const named = typeof policy === 'string' ? { policy } : {};
    if (rules.length === 0 && (policy === null || typeof policy === 'string')) {
      return { sieve: await readySieve(this.#dependencies, requestId), ...named };
    }
    const parts = await this.parts();
    const own = typeof policy === 'object' && policy !== null ? overridden(parts.policy, policy) : parts.policy;
    return { sieve: await build(parts, own, rules), ...named };
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

async function build({ model }: EngineParts, policy: Policy, rules: readonly SiteRule[]): Promise<Sieve> {
  return await createSieve({ model, policy, rules: withBuiltin(ruleSetOf(rules)) });
}
