import type { TenantSettings } from './settings.ts';

/** All that a sieve of a tenant depends on, as numbers that change with it: one read for every check. */
export interface SiteState {
  readonly settings: TenantSettings | null;
  /** As `RuleStore.revision`, `SampleStore.revision` and `ModelAliases.revision`. */
  readonly rules: number;
  readonly samples: number;
  readonly models: number;
}

export interface SiteStore {
  state(tenant: string): Promise<SiteState>;
}
