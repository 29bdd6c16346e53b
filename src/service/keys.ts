import { Hono } from 'hono';
import type * as z from 'zod';
import type { ApiKey, NewApiKey } from '../store/store.ts';
import { createKey, environmentOf, mintKey, type MintedKey } from './api-key.ts';
import { tenantOf } from './authenticate.ts';
import type { StoreDependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { nothingAt, readBody } from './parse-body.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import type { rotateRequest } from './schemas-keys.ts';
import type { Scope } from './tenant.ts';

const schemas = () => import('./schemas-keys.ts');

/** Without a key that has it nobody could make keys any more. */
const NEEDED: Scope = 'admin';

type RotateRequest = z.infer<typeof rotateRequest>;

/** `/v1/keys`: list, create, revoke and rotate. The secret of a key is in the one answer that makes it. */
export function keysResource(dependencies: StoreDependencies) {
  const { store, clock = Date.now } = dependencies;
  return new Hono<ServiceEnv>()
    .get('/v1/keys', async (c) => {
      const keys = await store.keys.list(tenantOf(c).tenant);
      return c.json({ keys: keys.map(shownKey) });
    })
    .post('/v1/keys', async (c) => {
      const { expiresAt, ...wish } = await readBody(c, dependencies, (await schemas()).keyRequest);
      const now = clock();
      const wished = { ...wish, expiresAt: inFuture(expiresAt, now) };
      const minted = await createKey(store, tenantOf(c).tenant, pruned(wished), now);
      return c.json(shownNew(minted), 201, { Location: `/v1/keys/${minted.record.id}` });
    })
    .delete('/v1/keys/:id', async (c) => {
      const id = c.req.param('id');
      const outcome = await store.keys.revokeUnlessLast(tenantOf(c).tenant, id, clock(), NEEDED);
      if (outcome === 'missing') throw nothingAt('key', id);
      if (outcome === 'revoked') return c.body(null, 204);
      throw new ProblemError('conflict', 'this is the last key with the scope admin; create another one before');
    })
    .post('/v1/keys/:id/rotate', async (c) => {
      const asked = await readBody(c, dependencies, (await schemas()).rotateRequest);
      const minted = await rotate(dependencies, tenantOf(c).tenant, c.req.param('id'), asked);
      return c.json(shownNew(minted), 201, { Location: `/v1/keys/${minted.record.id}` });
    });
}

async function rotate(
  { store, clock = Date.now }: StoreDependencies,
  tenant: string,
  id: string,
  { overlapSeconds, expiresAt }: RotateRequest,
): Promise<MintedKey> {
  const old = (await store.keys.list(tenant)).find((key) => key.id === id);
  if (old === undefined) throw nothingAt('key', id);
  const now = clock();
  const { name, prefix } = old;
  const wish = { name, scopes: old.scopes as Scope[], environment: environmentOf(prefix) };
  const minted = await mintKey({ ...wish, expiresAt: inFuture(expiresAt, now) }, now);
  if (await store.keys.rotate(tenant, id, minted.record, now + overlapSeconds * 1000)) return minted;
  throw new ProblemError('conflict', 'the key is revoked, expired or already replaced; create a new one instead');
}

function inFuture(time: string | undefined, now: number): number | null {
  if (time === undefined) return null;
  const at = Date.parse(time);
  if (at > now) return at;
  throw faultAt('/expiresAt', 'must be in the future');
}

/** Without the fields that are `undefined`. */
function pruned<T extends object>(wish: T): T {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as T;
}

function shownNew({ plain, record }: MintedKey) {
  return { ...shownKey({ ...unused, ...record }), key: plain };
}

const unused = { tenant: '', lastUsedAt: null, revokedAt: null, replacedBy: null };

function shownKey(key: NewApiKey & Pick<ApiKey, 'lastUsedAt' | 'revokedAt' | 'replacedBy'>) {
  const { id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt, revokedAt, replacedBy } = key;
  const times = { expiresAt: timeOf(expiresAt), lastUsedAt: timeOf(lastUsedAt), revokedAt: timeOf(revokedAt) };
  return { id, name, prefix, scopes, createdAt: timeOf(createdAt), ...times, replacedBy };
}

/** RFC 3339. */
export function timeOf(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
