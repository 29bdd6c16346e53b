/** How much of a checked text the verdict log keeps. */
export type Retain = 'full' | 'spans' | 'hash' | 'none';

export interface TenantSettings {
  /** Name of a policy, or overrides of one as JSON; `null`: the default. */
  readonly policy: string | Readonly<Record<string, unknown>> | null;
  readonly retain: Retain;
  readonly retentionDays: number;
  readonly corsOrigins: readonly string[];
  readonly updatedAt: number;
}

export interface SettingsStore {
  /** `null` where the tenant has not set any. */
  get(tenant: string): Promise<TenantSettings | null>;
  /** Whether any tenant lets pages of an origin in. Looks across tenants: a browser asks before it sends a key. */
  anyAllows(origin: string): Promise<boolean>;
  put(tenant: string, settings: TenantSettings): Promise<void>;
}
