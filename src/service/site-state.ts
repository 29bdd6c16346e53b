import type { Context } from 'hono';
import { sha256Hex } from '../sha256.ts';
import type { SiteState, Store } from '../store/store.ts';
import { bearerOf, isInForce, refusedKey, tenantOf } from './authenticate.ts';
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
  { store, clock = Date.now }: Pick<StoreDependencies, 'store' | 'clock'>,
): Promise<SiteState> {
  const context = tenantOf(c);
  const now = clock();
  if (Math.abs(now - context.at) < FRESH_MS) return context.site;
  const plain = bearerOf(c);
  const site = plain === null ? await store.site.state(context.tenant) : await siteOfKey(store, plain, now);
  c.set('tenant', { ...context, site, at: now });
  return site;
}

async function siteOfKey(store: Store, plain: string, now: number): Promise<SiteState> {
  const found = await store.keys.findByHash(await sha256Hex(plain));
  if (found === null || !isInForce(found.key, now)) throw refusedKey(plain);
  return found.site;
}
