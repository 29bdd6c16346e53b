import { Hono } from 'hono';
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { startServer } from '../src/node/server.ts';
import { VERSION, type Sieve } from '../src/sieve.ts';
import { median } from './ratio.ts';
import { articleLines } from './texts.ts';

const CONNECTIONS = 16;
const SECONDS = 2;
const ROUNDS = 4;

/** Requests a second of `/v1/check` with a 4 kB Chinese article over those of a bare route that parses the same body. */
export async function benchHttp(sieve: Sieve) {
  const text = articleLines('chinese', 1400).join('\n').slice(0, 1360);
  const body = JSON.stringify({ text });
  const checked = await startServer({ port: 0, host: '127.0.0.1', sieve: () => sieve, version: VERSION });
  const bare = await startBare();
  const rounds: { check: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ check: await load(`${checked.url}/v1/check`, body), bare: await load(`${bare.url}/bare`, body) });
  }
  await checked.close();
  await bare.close();
  return {
    httpOverBareRoute: median(rounds.map((round) => round.check / round.bare)),
    httpRequestsPerSecond: median(rounds.map((round) => round.check)),
    httpBodyBytes: new TextEncoder().encode(body).length,
  };
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

/** Requests a second from this process: client and server share it, which favours neither route. */
async function load(url: string, body: string): Promise<number> {
  let done = 0;
  const end = performance.now() + 1000 * SECONDS;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
      done++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return done / SECONDS;
}
