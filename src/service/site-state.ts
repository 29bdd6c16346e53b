import type { Context } from 'hono';
import type { SiteState } from '../store/store.ts';
import { refusedKey, tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import type { ServiceEnv } from './problem.ts';

/** A body that comes slowly, and a stream that goes on for hours, must not bring an old key, old rules and settings with them. */
const FRESH_MS = 1_000;

/**
 * The site of the client: as it came with the key, read again with it where that is a second ago. Throws an `unauthorized` problem where the key has been
 * revoked or has expired since. Only behind `authenticate`, or where an Akismet key was good.
 */
export async function siteStateOf(
  c: Context<ServiceEnv>,
  { clock = Date.now }: Pick<StoreDependencies, 'clock'>,
): Promise<SiteState> {
  const context = tenantOf(c);
  if (Math.abs(clock() - context.at) < FRESH_MS) return context.site;
  const again = await context.again();
  if (again === null) throw refusedKey();
  c.set('tenant', again);
  return again.site;
}
