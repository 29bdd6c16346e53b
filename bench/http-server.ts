/**
 * A server for `http.ts` and `http-memory.ts` in a process of its own, told by its argument: `bare`, `sieve` (a bare route that checks
 * what it parsed, without a service around it), `open` or `logged`. Tells its address over
 * IPC, answers every message with what it has used, and ends with the channel.
 */
import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBaseSieve } from '../src/node/base-sieve.ts';
import { openDataFolder } from '../src/node/data-folder.ts';
import { startServer } from '../src/node/server.ts';
import { ensureFirstKey } from '../src/service/api-key.ts';
import { VERSION, type CheckInput } from '../src/sieve.ts';

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

const host = '127.0.0.1';
const started = await start((process.argv[2] ?? 'bare') as ServerKind);
process.on('message', () => process.send?.(used()));
process.once('disconnect', () => process.exit());
process.send?.(started);

async function start(kind: ServerKind): Promise<Started> {
  if (kind === 'bare') return { url: await startBare(() => ({ ok: true })), key: null };
  const sieve = await loadBaseSieve();
  if (kind === 'sieve') return { url: await startBare((body) => sieve.check(body)), key: null };
  const options = { port: 0, host, sieve: () => sieve, version: VERSION };
  if (kind === 'open') return { url: (await startServer(options)).url, key: null };
  const folder = mkdtempSync(join(tmpdir(), 'linesieve-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const store = openDataFolder(folder, { check: false, writes: 'thread' });
  const key = await ensureFirstKey(store);
  return { url: (await startServer({ ...options, store, rateLimit: null })).url, key };
}

async function startBare(answerTo: (body: CheckInput) => object): Promise<string> {
  const app = new Hono();
  app.post('/v1/check', async (context) => context.json(answerTo(await context.req.json())));
  return await new Promise((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: host }, ({ port }: AddressInfo) => resolve(`http://${host}:${port}`));
  });
}

function used(): Used {
  const sum = ({ user, system }: NodeJS.CpuUsage): number => user + system;
  const threadMicroseconds = sum(process.threadCpuUsage());
  const processMicroseconds = sum(process.cpuUsage());
  const residentBytes = process.memoryUsage.rss();
  globalThis.gc?.();
  return { threadMicroseconds, processMicroseconds, residentBytes, heapBytes: process.memoryUsage().heapUsed };
}
