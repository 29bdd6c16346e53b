import { once } from 'node:events';
import { createServer, request as send, type ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endSlowRequests } from '../../src/node/slow-requests.ts';

const server = createServer((request, response) => {
  request.on('error', () => {});
  request.resume().once('end', () => response.end('read'));
});
beforeAll(async () => {
  endSlowRequests(server, { bodyMs: 300, idleMs: 1_000 });
  await once(server.listen(0), 'listening');
});
afterAll(() => void server.close());

function open(path: string): ClientRequest {
  const { port } = server.address() as AddressInfo;
  return send({ port, path, method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } });
}

/** Sends a piece of the body every 50 ms; what became of the request after so many. */
async function drip(path: string, pieces: number): Promise<string> {
  const request = open(path);
  const answered = once(request, 'response').then(
    () => 'answered',
    (error: NodeJS.ErrnoException) => error.code ?? 'error',
  );
  for (let piece = 0; piece < pieces && !request.destroyed; piece++) {
    request.write('x');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  request.end();
  return await answered;
}

describe('a body that comes slowly', () => {
  it('is cut off when it has taken too long', async () => {
    expect(await drip('/v1/check', 2)).toBe('answered');
    expect(await drip('/v1/check', 40)).toMatch(/ECONNRESET|EPIPE/);
  });

  it('goes on where it is a stream, as long as something moves', async () => {
    expect(await drip('/v1/check/batch?include=lines', 40)).toBe('answered');
    const silent = open('/v1/check/batch');
    silent.write('x');
    const [error] = (await once(silent, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toMatch(/ECONNRESET|EPIPE/);
  });
});
