/**
 * A server for `http.ts` and `http-memory.ts` in a process of its own, told by its argument: the service, `open` or `logged`, which has a
 * bare route beside its own; or Hono alone, with a route that is `bare` or calls the `sieve`. Tells its address over IPC, answers every message
 * with what it has used, and ends with the channel.
 */
import { Hono } from 'hono';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBaseSieve } from '../src/node/base-sieve.ts';
import { openDataFolder } from '../src/node/data-folder.ts';
import { createNodeApp, serveApp } from '../src/node/server.ts';
import { ensureFirstKey } from '../src/service/api-key.ts';
import type { ServiceEnv } from '../src/service/problem.ts';
import type { CheckInput } from '../src/sieve.ts';
import { BARE_ROUTE, CHECK_ROUTE } from './http-routes.ts';
import { VERSION } from '../src/version.ts';

export type ServerKind = 'bare' | 'sieve' | 'open' | 'logged';

export interface Started {
  readonly url: string;
  /** `null` for a service that asks for none. */
  readonly key: string | null;
}

export interface Used {
  /** Microseconds of the thread that answers requests, and of all threads. */
  readonly threadMicroseconds: number;
  readonly processMicroseconds: number;
  readonly residentBytes: number;
  /** After a collection, where the process may ask for one. */
  readonly heapBytes: number;
}

const started = await start((process.argv[2] ?? 'bare') as ServerKind);
process.on('message', () => process.send?.(used()));
process.once('disconnect', () => process.exit());
process.send?.(started);

async function start(kind: ServerKind): Promise<Started> {
  if (kind === 'bare') return await served(withBareRoute(new Hono()), null);
  const sieve = await loadBaseSieve();
  if (kind === 'sieve') {
    const app = new Hono<ServiceEnv>();
    app.post(CHECK_ROUTE, async (c) => c.json(sieve.check(await c.req.json<CheckInput>())));
    return await served(app, null);
  }
  const options = { sieve: () => sieve, version: VERSION };
  if (kind === 'open') return await served(withBareRoute(createNodeApp(options)), null);
  const folder = mkdtempSync(join(tmpdir(), 'linesieve-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const store = openDataFolder(folder, { check: false, writes: 'thread' });
  const key = await ensureFirstKey(store);
  return await served(withBareRoute(createNodeApp({ ...options, store, rateLimit: null })), key);
}

function withBareRoute(app: Hono<ServiceEnv>): Hono<ServiceEnv> {
  app.post(BARE_ROUTE, async (c) => c.json({ ok: typeof (await c.req.json()) === 'object' }));
  return app;
}

async function served(app: Pick<Hono<ServiceEnv>, 'fetch'>, key: string | null): Promise<Started> {
  const { url } = await serveApp(app, { port: 0, host: '127.0.0.1' });
  return { url, key };
}

function used(): Used {
  const sum = ({ user, system }: NodeJS.CpuUsage): number => user + system;
  const threadMicroseconds = sum(process.threadCpuUsage());
  const processMicroseconds = sum(process.cpuUsage());
  const residentBytes = process.memoryUsage.rss();
  globalThis.gc?.();
  return { threadMicroseconds, processMicroseconds, residentBytes, heapBytes: process.memoryUsage().heapUsed };
}
