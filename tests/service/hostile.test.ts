import * as fc from 'fast-check';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBaseParts } from '../../src/node/base-parts.ts';
import { startServer, type RunningServer } from '../../src/node/server.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { ensureFirstKey } from '../../src/service/api-key.ts';
import { createSieve } from '../../src/sieve.ts';
import type { Store } from '../../src/store/store.ts';
import { hostileRequest, type HostileRequest } from './hostile-requests.ts';

const REQUESTS = 500;
/** Reproducible: the same requests in every run. */
const SEED = 4;

let server: RunningServer;
let keeping: RunningServer;
let store: Store;
let key = '';
const told: unknown[] = [];
const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
beforeAll(async () => {
  const parts = await loadBaseParts();
  const sieve = await createSieve(parts);
  const report = (error: unknown) => told.push(error);
  const samples = { add: () => Promise.resolve() };
  const options = { port: 0, host: '127.0.0.1', sieve: () => sieve, version: '0.0.0', samples, report };
  server = await startServer(options);
  store = openSqliteStore(join(folder, 'x.db'));
  key = (await ensureFirstKey(store)) ?? '';
  keeping = await startServer({ ...options, store, parts: () => parts, rateLimit: null });
});
afterAll(async () => {
  await server.close();
  await keeping.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Sends a request as it is; `fetch` would refuse or mend half of them. */
function send(to: string, { path, method, headers, body }: HostileRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(to);
    const sent = httpRequest({ hostname, port, path, method, headers }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
      resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body: text });
    });
    // Refused before its body was read, a request may lose its connection while it still sends.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET'
        ? resolve({ status: 413, type: '', body: '' })
        : reject(error),
    );
    sent.end(body);
  });
}

async function isAlive(to = server.url): Promise<boolean> {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
  const response = await fetch(`${to}/v1/check`, { method: 'POST', headers, body: '{"text":"x"}' });
  return response.status === 200 && ((await response.json()) as { verdict: string }).verdict === 'pass';
}

describe.each(['an open service', 'a service with a store'])(`${REQUESTS} hostile requests to %s`, (which) => {
  it('are answered, never with an error of ours, and leave nothing behind', async () => {
    const to = which === 'an open service' ? server.url : keeping.url;
    const authorized = to === server.url ? {} : { Authorization: `Bearer ${key}` };
    const kinds = new Map<string, number>();
    const before = process.memoryUsage().rss;
    await fc.assert(
      fc.asyncProperty(hostileRequest, async (one) => {
        const { status, type, body } = await send(to, { ...one, headers: { ...authorized, ...one.headers } });
        expect(status, `${one.kind}: ${body}`).toBeGreaterThanOrEqual(200);
        expect(status, `${one.kind}: ${body}`).toBeLessThan(500);
        if (type.startsWith('application/problem+json') && one.method !== 'HEAD') {
          expect(JSON.parse(body)).toMatchObject({ status, requestId: expect.any(String) });
        }
        expect(body).not.toMatch(/node_modules|\.ts:\d|at [\w.]+ \(/);
        kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1);
      }),
      { numRuns: REQUESTS, seed: SEED, endOnFailure: true },
    );
    expect(told).toEqual([]);
    expect(kinds.size).toBe(12);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(await isAlive(to)).toBe(true);
    // The engine's buffers, a body of 5 MB as bytes, text and value, some of each at a time.
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });
});

describe('over a raw socket', () => {
  /** What comes back until the connection ends; what is written after that is lost. */
  async function talk(write: (send: (text: string) => void) => void): Promise<string> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    write((text) => void socket.write(text));
    await closed;
    return answer;
  }

  const head = 'POST /v1/check HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n';

  it.each([
    ['a header of 100 kB', `${head}X-A: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
    ['10,000 headers', `${head}${Array.from({ length: 10_000 }, (_, i) => `X-${i}: 1\r\n`).join('')}\r\n`, 431],
    ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length and chunks', `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a length that is none', `${head}Content-Length: -1\r\n\r\n{}`, 400],
    ['a chunk of more than 2^64 bytes', `${head}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}`, 400],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
    ['a header with NUL', `${head}X-A: a\0b\r\n\r\n`, 400],
  ])('%s is refused', async (_, text, status) => {
    // What was not read of the request when the connection ended may take the answer with it: a reset, and no answer.
    expect(await talk((send) => send(text))).toMatch(
      status === 431 ? /^(?:HTTP\/1\.1 431 |$)/ : new RegExp(`^HTTP/1\\.1 ${status} `),
    );
    expect(await isAlive()).toBe(true);
  });

  it('a body that comes byte by byte holds nobody else up', async () => {
    const { hostname, port } = new URL(server.url);
    const slow = Array.from({ length: 50 }, () => connect(Number(port), hostname));
    for (const socket of slow) socket.on('error', () => {}).write(`${head}Content-Length: 1000\r\n\r\n{`);
    const drip = setInterval(() => slow.forEach((socket) => socket.write(' ')), 10);
    for (let i = 0; i < 20; i++) expect(await isAlive()).toBe(true);
    clearInterval(drip);
    for (const socket of slow) socket.destroy();
    expect(await isAlive()).toBe(true);
    expect(told).toEqual([]);
  });

  it('pipelined requests are answered in order', async () => {
    const one = (text: string, more = '') =>
      `POST /v1/check HTTP/1.1\r\nHost: x\r\n${more}Content-Type: application/json\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
    const answer = await talk((send) =>
      send(one('{"text":"a","id":"1"}') + one('{') + one('{"text":"b","id":"3"}', 'Connection: close\r\n')),
    );
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '400', '200']);
  });
});
