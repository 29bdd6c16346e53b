import type { Context, MiddlewareHandler } from 'hono';
import type { ApiKey, Store } from '../store/store.ts';
import { isWellFormedKey } from './api-key.ts';
import type { Dependencies } from './dependencies.ts';
import { equalDigests } from './equal-digests.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { hasScope, scopeOfPath, type Scope, type TenantContext } from './tenant.ts';
import { sha256Hex } from '../sha256.ts';

/** Keys whose digest a process remembers; beyond them it forgets, and computes one again. Some megabytes. */
const MOST_REMEMBERED = 10_000;

const NOT_IN_FORCE = 'the key is unknown, revoked or expired; ask an admin for a new one';

export type KeyCheck = (plain: string) => Promise<TenantContext | null>;

/** Says whose a key is; `null` for one that is unknown, revoked, expired or mistyped: none is told from another. */
export function keyCheck({ store, clock = Date.now }: Pick<Dependencies, 'clock'> & { store: Store }): KeyCheck {
  const digests = new Map<string, string>();
  /** A digest costs a hop to another thread, more than the look-up it is for. */
  const digestOf = async (plain: string): Promise<string> => {
    const known = digests.get(plain);
    if (known !== undefined) return known;
    const digest = await sha256Hex(plain);
    if (digests.size >= MOST_REMEMBERED) digests.clear();
    digests.set(plain, digest);
    return digest;
  };
  const check: KeyCheck = async (plain) => {
    if (!isWellFormedKey(plain)) return null;
    const hash = await digestOf(plain);
    const found = await store.keys.findByHash(hash);
    const now = clock();
    if (found === null || !equalDigests(found.key.hash, hash) || !isInForce(found.key, now)) return null;
    const { tenant, id: keyId, scopes } = found.key;
    await store.keys.touch(tenant, keyId, now);
    return { tenant, keyId, scopes, site: found.site, at: now, again: () => check(plain) };
  };
  return check;
}

function isInForce({ revokedAt, expiresAt }: ApiKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || now < expiresAt);
}

/** Lets in who sends a key with the scope of the route, before anything of the body is read. */
export function authenticate(check: KeyCheck): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const plain = bearerOf(c);
    if (plain === null) throw unauthorized('this needs a key; send it as Authorization: Bearer ls_live_…');
    const context = await check(plain);
    if (context === null) throw refusedKey(badKey(plain));
    c.set('tenant', context);
    requireScope(context, scopeOfPath(c.req.path));
    await next();
  };
}

export function requireScope(context: TenantContext, scope: Scope): void {
  if (hasScope(context, scope)) return;
  const detail = `this needs a key with the scope ${scope}; yours has ${context.scopes.join(', ') || 'none'}`;
  throw new ProblemError('forbidden', detail, { scope });
}

/** Whose request it is. Only behind `authenticate`, or where an Akismet key was good. */
export function tenantOf(c: Context<ServiceEnv>): TenantContext {
  const context = c.get('tenant');
  if (context === undefined) throw new Error(`${c.req.path} was reached without a tenant`);
  return context;
}

/** The key of the Authorization header, `null` where there is none. */
export function bearerOf(c: Context<ServiceEnv>): string | null {
  return /^Bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? null;
}

/** The problem of a key that opens nothing. */
export function refusedKey(detail = NOT_IN_FORCE): ProblemError {
  return unauthorized(detail, ', error="invalid_token"');
}

function badKey(plain: string): string {
  if (isWellFormedKey(plain)) return NOT_IN_FORCE;
  return 'the key is mistyped or cut off: its check digits do not fit; copy the whole key';
}

function unauthorized(detail: string, more = ''): ProblemError {
  return new ProblemError('unauthorized', detail, {}, { 'WWW-Authenticate': `Bearer realm="linesieve"${more}` });
}
