import type { Context, MiddlewareHandler } from 'hono';
import type { IdempotencyState, Store } from '../store/store.ts';
import { bearerOf, tenantOf } from './authenticate.ts';
import { readBytes } from './body.ts';
import type { Dependencies } from './dependencies.ts';
import { faultAt } from './fault-at.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { openSealed, seal } from './seal.ts';
import { sha256Hex } from '../sha256.ts';

/** What a client that retries over a day may rely on. */
const KEEP_MS = 24 * 3_600_000;
/** No write takes a second; a process that died with one gives its key free after this. */
const LOCK_MS = 60_000;
/** Printable ASCII, with or without the quotes of a structured field. */
const KEY = /^"?([\x21\x23-\x7e]{1,255})"?$/;
const WRITES = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

/**
 * A write with an `Idempotency-Key` is done once: a repetition gets the answer of the first, with `Idempotency-Replayed`. Only answers
 * of success are kept, sealed with the caller's key, because some of them hold secrets. Where the process dies between the effect and
 * the note of it, a repetition after a minute does it again.
 */
export function idempotent(dependencies: Dependencies & { store: Store }): MiddlewareHandler<ServiceEnv> {
  const { store, clock = Date.now } = dependencies;
  return async (c, next) => {
    const header = c.req.header('Idempotency-Key');
    if (header === undefined || !WRITES.has(c.req.method) || c.req.path.startsWith('/v1/check')) return await next();
    const { tenant, keyId } = tenantOf(c);
    const key = `${keyId} ${keyOf(header)}`;
    const hash = await requestHash(c, dependencies);
    const begun = await store.idempotency.begin(tenant, key, hash, clock(), clock() + LOCK_MS);
    if (begun.state !== 'new') {
      c.res = await repeated(c, begun);
      return;
    }
    await next();
    const { status, headers } = c.res;
    if (status >= 300) return await store.idempotency.abandon(tenant, key, begun.token);
    const body = await seal(await c.res.clone().text(), bearerOf(c) ?? '');
    const kept = Object.fromEntries(['Content-Type', 'Location'].flatMap((name) => [[name, headers.get(name) ?? '']]));
    await store.idempotency.finish(tenant, key, begun.token, { status, headers: kept, body }, clock() + KEEP_MS);
  };
}

function keyOf(header: string): string {
  const key = KEY.exec(header)?.[1];
  if (key !== undefined) return key;
  throw faultAt('/Idempotency-Key', 'must be 1 to 255 printable ASCII characters, no blanks');
}

/** Reads the body, and puts a request with the same body in the place of the one that was read. */
async function requestHash(c: Context<ServiceEnv>, { limits }: Dependencies): Promise<string> {
  const bytes = c.req.raw.body === null ? new Uint8Array() : await bytesOf(c.req.raw, limits);
  const { method, headers, url } = c.req.raw;
  if (bytes.length > 0) c.req.raw = new Request(url, { method, headers, body: bytes as Uint8Array<ArrayBuffer> });
  const { pathname, search } = new URL(url);
  return await sha256Hex(`${method} ${pathname}${search} ${await sha256Hex(bytes)}`);
}

async function bytesOf(request: Request, limits: Dependencies['limits']): Promise<Uint8Array> {
  try {
    return await readBytes(request, limits);
  } catch (error) {
    if (error instanceof ProblemError && error.kind === 'empty-body') return new Uint8Array();
    throw error;
  }
}

async function repeated(c: Context<ServiceEnv>, begun: Exclude<IdempotencyState, { state: 'new' }>): Promise<Response> {
  if (begun.state === 'conflict') {
    throw faultAt('/Idempotency-Key', 'came with another request; use a new one', 'key-reused');
  }
  if (begun.state === 'in-progress') {
    const detail = 'the first request with this Idempotency-Key is still at work; try again in a second';
    throw new ProblemError('in-progress', detail, {}, { 'Retry-After': '1' });
  }
  const { status, headers, body } = begun.response;
  const given = Object.entries(headers).filter(([, value]) => value !== '');
  const text = await openSealed(body, bearerOf(c) ?? '');
  const more = { 'Idempotency-Replayed': 'true', 'Cache-Control': 'no-store' };
  return new Response(text === '' ? null : text, { status, headers: { ...Object.fromEntries(given), ...more } });
}
