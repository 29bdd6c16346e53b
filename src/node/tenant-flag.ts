import { DEFAULT_TENANT } from '../service/tenant.ts';
import { UserFailure } from './failure.ts';

/** Whom a command is for by its `--tenant`. Throws a `UserFailure` for a blank one: no request could name it. */
export function tenantOf({ tenant }: Readonly<Record<string, unknown>>): string {
  if (typeof tenant !== 'string') return DEFAULT_TENANT;
  if (tenant.trim() === '') throw new UserFailure(`--tenant must name a tenant, not ${JSON.stringify(tenant)}`);
  return tenant;
}
