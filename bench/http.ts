/**
 * Requests a second of `/v1/check` over those of a bare route. `node bench/http.ts [--logged] [--seconds 60] [--minutes 10]` runs it
 * alone; `--logged`: with keys and a verdict log; `--minutes`: the slope of the memory too.
 */
import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBaseSieve } from '../src/node/base-sieve.ts';
import { openDataFolder } from '../src/node/data-folder.ts';
import { startServer } from '../src/node/server.ts';
import { ensureFirstKey } from '../src/service/api-key.ts';
import { VERSION, type Sieve } from '../src/sieve.ts';
import { median } from './ratio.ts';
import { articleLines } from './texts.ts';

/** The package has no types. */
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => Promise<{
  readonly requests: { readonly total: number };
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly duration: number;
  readonly errors: number;
  readonly non2xx: number;
}>;

const CONNECTIONS = 32;
/** Rounds one after the other, both routes in each: what else the machine does falls on both. */
const ROUNDS = 5;
const SECONDS = 2;

interface Load {
  readonly requestsPerSecond: number;
  /** Microseconds of the server's thread a request: what others do to the machine counts little. */
  readonly cpuMicroseconds: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * A 4 kB Chinese article, checked by the service and parsed by a bare route of the same server software; with `logged` by a service
 * that asks for a key and logs its verdicts.
 */
export async function benchHttp(sieve: Sieve, seconds = SECONDS, logged = false) {
  const body = JSON.stringify({ text: articleLines('chinese', 1400).join('\n').slice(0, 1360) });
  const checked = logged ? await startLogging(sieve) : await startOpen(sieve);
  const bare = await startBare();
  const rounds: { check: Load; bare: Load }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = {
      bare: await load(`${bare.url}/bare`, body, seconds),
      check: await load(`${checked.url}/v1/check`, body, seconds, checked.key),
    };
    // The first round compiles.
    if (round > 0) rounds.push(pair);
  }
  await checked.close();
  await bare.close();
  return {
    httpOverBareRoute: median(rounds.map((round) => round.check.requestsPerSecond / round.bare.requestsPerSecond)),
    httpCpuOverBareRoute: median(rounds.map((round) => round.bare.cpuMicroseconds / round.check.cpuMicroseconds)),
    httpRequestsPerSecond: median(rounds.map((round) => round.check.requestsPerSecond)),
    httpCpuMicroseconds: median(rounds.map((round) => round.check.cpuMicroseconds)),
    httpP99OverP50: median(rounds.map((round) => round.check.p99 / round.check.p50)),
    httpBodyBytes: new TextEncoder().encode(body).length,
  };
}

interface Target {
  readonly url: string;
  readonly key?: string;
  close(): Promise<void>;
}

function startOpen(sieve: Sieve): Promise<Target> {
  return startServer({ port: 0, host: '127.0.0.1', sieve: () => sieve, version: VERSION });
}

async function startLogging(sieve: Sieve): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'linesieve-bench-'));
  const store = openDataFolder(folder, false);
  const key = (await ensureFirstKey(store)) ?? '';
  const options = { port: 0, host: '127.0.0.1', sieve: () => sieve, version: VERSION, store, rateLimit: null };
  const server = await startServer(options);
  const close = async (): Promise<void> => {
    await server.close();
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { url: server.url, key, close };
}

async function startBare(): Promise<{ url: string; close: () => Promise<void> }> {
  const app = new Hono();
  app.post('/bare', async (context) => {
    await context.req.json();
    return context.json({ ok: true });
  });
  return await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) => {
      const close = (): Promise<void> => new Promise((done) => server.close(() => done()));
      resolve({ url: `http://127.0.0.1:${info.port}`, close });
    });
  });
}

/** The client runs in a thread of its own. Throws where a request failed. */
async function load(url: string, body: string, seconds: number, key?: string): Promise<Load> {
  const before = process.threadCpuUsage();
  const result = await autocannon({
    url,
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    connections: CONNECTIONS,
    duration: seconds,
    workers: 1,
  });
  const { user, system } = process.threadCpuUsage(before);
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} refused`);
  return {
    requestsPerSecond: result.requests.total / result.duration,
    cpuMicroseconds: (user + system) / result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

/** Bytes a minute by which the resident memory grows under load: the slope of a line through a sample a minute, the first left out. */
async function memorySlope(sieve: Sieve, minutes: number): Promise<number> {
  const server = await startOpen(sieve);
  const body = JSON.stringify({ text: articleLines('chinese', 1400).join('\n').slice(0, 1360) });
  const samples: number[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    await load(`${server.url}/v1/check`, body, 60);
    samples.push(process.memoryUsage.rss());
    console.error(`minute ${minute}: ${(samples[minute] / 1e6).toFixed(1)} MB`);
  }
  await server.close();
  return slopeOf(samples.slice(1));
}

function slopeOf(values: readonly number[]): number {
  const x = (values.length - 1) / 2;
  const y = values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = values.reduce((sum, value, i) => sum + (i - x) * (value - y), 0);
  return covariance / values.reduce((sum, _, i) => sum + (i - x) ** 2, 0);
}

function numberAfter(flag: string, otherwise: number): number {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

if (import.meta.main) {
  const sieve = await loadBaseSieve();
  const minutes = numberAfter('--minutes', 0);
  console.log(
    JSON.stringify(
      await benchHttp(sieve, numberAfter('--seconds', SECONDS), process.argv.includes('--logged')),
      null,
      2,
    ),
  );
  if (minutes > 1) console.log(`memory: ${((await memorySlope(sieve, minutes)) / 1e6).toFixed(3)} MB a minute`);
}
