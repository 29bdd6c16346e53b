import type { Context } from 'hono';
import type { SiteState } from '../store/store.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { ServiceEnv } from './problem.ts';

/** A body that comes slowly, and a stream that goes on for hours, must not bring old rules and settings with them. */
const FRESH_MS = 1_000;

/** The site of the client: as it came with the key, read again where that is a second ago. Only behind `authenticate`. */
export async function siteStateOf(
  c: Context<ServiceEnv>,
  { store, clock = Date.now }: Pick<StoreDependencies, 'store' | 'clock'>,
): Promise<SiteState> {
  const context = tenantOf(c);
  const now = clock();
  if (Math.abs(now - context.at) < FRESH_MS) return context.site;
  const site = await store.site.state(context.tenant);
  c.set('tenant', { ...context, site, at: now });
  return site;
}
