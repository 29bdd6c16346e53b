/** A site's own rule. `pattern` is a literal or a pattern of the linear subset; what it means is the caller's business. */
export interface SiteRule {
  readonly id: string;
  readonly kind: 'deny' | 'allow';
  /** `''` where the rule does not say. */
  readonly category: string;
  readonly pattern: string;
  /** Natural-log odds; 0 for an allow-term. */
  readonly weight: number;
  readonly description: string;
  readonly author: string;
  readonly reason: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

/** The rules in force, and how long that is known to hold: until `revision` changes, or `changesAt` comes. */
export interface RulesInForce {
  readonly revision: number;
  readonly rules: readonly SiteRule[];
  /** When the next of them expires. */
  readonly changesAt: number | null;
}

export interface RuleStore {
  /** Unexpired ones, by id. */
  list(tenant: string, now: number): Promise<RulesInForce>;
  /** 0 before the first write, greater after every write. Cheap: what a cache of compiled rules asks. */
  revision(tenant: string): Promise<number>;
  get(tenant: string, id: string): Promise<SiteRule | null>;
  /**
   * Creates or replaces. `false`, and nothing is put, where as many others as `most` are in force at `rule.createdAt`; any number may be where
   * it is left out.
   */
  put(tenant: string, rule: SiteRule, most?: number): Promise<boolean>;
  /** `false` where there is none. */
  delete(tenant: string, id: string): Promise<boolean>;
}
