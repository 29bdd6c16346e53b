import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/node/server.ts';
import { fakeSieve } from '../service/fake-sieve.ts';
import { expectAnswer, REQUESTS, requestOf } from '../service/requests.ts';

const CHECK = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"text":"casino"}' };
const options = { port: 0, host: '127.0.0.1', sieve: () => fakeSieve, version: '0.0.0' };

describe('over a socket', () => {
  let server: RunningServer;
  beforeAll(async () => void (server = await startServer(options)));
  afterAll(() => server.close());

  it('says where it listens', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it.each(REQUESTS)('answers $name', async (one) => {
    await expectAnswer(await fetch(requestOf(one, server.url)), one, fakeSieve);
  });

  it('serves the console', async () => {
    const response = await fetch(server.url);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it('answers a body over the limit before it has come, by its declared length', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n{',
    );
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(first.toString()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('lives on after a client that hangs up within its body', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"te',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await fetch(server.url + '/v1/check', CHECK)).status).toBe(200);
  });

  it('rejects a port that is taken', async () => {
    const port = Number(new URL(server.url).port);
    await expect(startServer({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('close', () => {
  it('lets a request under way finish, refuses new ones, and ends though the client keeps the connection', async () => {
    const late = Promise.withResolvers<typeof fakeSieve>();
    const asked = Promise.withResolvers<void>();
    const sieve = () => (asked.resolve(), late.promise);
    const server = await startServer({ ...options, sieve });
    const answer = fetch(`${server.url}/v1/check`, CHECK);
    await asked.promise;
    const closed = server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    late.resolve(fakeSieve);
    expect((await answer).status).toBe(200);
    expect((await answer).headers.get('Connection')).toBe('close');
    const started = performance.now();
    await closed;
    // Well below the 5 s for which Node keeps an idle connection.
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('may be called twice, and takes its signal handlers away', async () => {
    const before = process.listenerCount('SIGTERM');
    const server = await startServer(options);
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    await Promise.all([server.close(), server.close()]);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('ends the process with 0 once the request under way is answered', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('slow-server.ts', import.meta.url))]);
    const exited = once(child, 'exit');
    const complaints = text(child.stderr);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const answer = fetch(`${line.toString().trim()}/v1/check`, CHECK);
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill(signal);
    expect(await (await answer).json()).toMatchObject({ verdict: 'clean' });
    expect(await exited).toEqual([0, null]);
    expect(await complaints).toBe('');
  });
});
