import type { SiteState } from '../store/store.ts';

/** What a key may do; `admin` may do everything. */
export const SCOPES = ['check', 'samples', 'rules', 'models', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Who asks: the tenant whose data are seen, and the key that let the request in. */
export interface TenantContext {
  readonly tenant: string;
  readonly keyId: string;
  readonly scopes: readonly string[];
  /** As it was when the request was let in. */
  readonly site: SiteState;
  readonly at: number;
  /** The same as the store has it now; `null` where the key is no longer in force. */
  again(): Promise<TenantContext | null>;
}

/** The tenant of the first key, and of installations that never make another. */
export const DEFAULT_TENANT = 'default';

export function hasScope({ scopes }: Pick<TenantContext, 'scopes'>, scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes('admin');
}

/** What each family of routes asks for. A route that is not listed is for admins. */
const SCOPE_OF_PATH: readonly (readonly [prefix: string, scope: Scope])[] = [
  ['/v1/check', 'check'],
  // Verdicts hold the texts of a site: who reviews may read them, a key that only checks may not.
  ['/v1/verdicts', 'samples'],
  ['/v1/audits', 'samples'],
  ['/v1/samples', 'samples'],
  ['/v1/rules', 'rules'],
  ['/v1/policy', 'rules'],
  ['/v1/models', 'models'],
];

export function scopeOfPath(path: string): Scope {
  const found = SCOPE_OF_PATH.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
  return found?.[1] ?? 'admin';
}
