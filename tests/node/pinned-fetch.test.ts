import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyAddress, publicOnly, type Resolve } from '../../src/node/audit/web/address-guard.ts';
import { pinnedFetch } from '../../src/node/pinned-fetch.ts';
import { deliverDue } from '../../src/service/webhook-delivery.ts';
import { storeApp } from '../service/store-app.ts';

interface Received {
  readonly method: string | undefined;
  readonly host: string | undefined;
  readonly body: string;
}

const received: Received[] = [];
let server: Server;
let port = 0;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    received.push({ method: request.method, host: request.headers.host, body: await text(request) });
    response.writeHead(307, { Location: 'http://127.0.0.1/secret' }).end('of no interest');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

/** Every name is at this address. */
const at =
  (address: string): Resolve =>
  (_, __, found) =>
    found(null, [{ address, family: 4 }]);

const message = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a":"\u4e45"}' };

describe('a message', () => {
  it('goes to the address that was looked up, under the name of the host, and no redirect is followed', async () => {
    const send = pinnedFetch(anyAddress, at('127.0.0.1'));
    const response = await send(`http://hook.example.org:${port}/x`, message);
    expect(response.status).toBe(307);
    expect(received.splice(0)).toEqual([{ method: 'POST', host: `hook.example.org:${port}`, body: message.body }]);
  });

  it.each(['http://hook.example.org', 'http://127.0.0.1', 'http://[::ffff:127.0.0.1]', 'http://localhost'])(
    'to %s, inside of a network, is not sent',
    async (origin) => {
      const send = pinnedFetch(publicOnly, at('127.0.0.1'));
      await expect(send(`${origin}:${port}/x`, message)).rejects.toThrow(/not on the public Internet/);
      expect(received).toEqual([]);
    },
  );

  it('ends with the reason of its signal', async () => {
    const send = pinnedFetch(anyAddress, () => {});
    const signal = AbortSignal.timeout(20);
    await expect(send(`http://hook.example.org:${port}/`, { ...message, signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

it('a name that moves into a network between check and call gets nothing', async () => {
  const service = storeApp();
  const admin = await service.key('t', 'admin');
  const wish = { url: `https://moving.example.org:${port}/hook`, events: ['verdict.flagged'] };
  const { id } = (await (await service.call(admin, 'POST', '/v1/webhooks', wish)).json()) as { id: string };
  await service.call(admin, 'POST', `/v1/webhooks/${id}/test`);
  let connections = 0;
  server.on('connection', () => connections++);
  const resolveHost = async () => await Promise.resolve(['93.184.215.14']);
  const fetch = pinnedFetch(publicOnly, at('127.0.0.1'));
  expect(await deliverDue({ store: service.store, clock: () => service.clock.now, resolveHost, fetch })).toBe(1);
  expect(connections).toBe(0);
  const listed = await (await service.call(admin, 'GET', `/v1/webhooks/${id}/deliveries`)).json();
  expect(listed).toMatchObject({ deliveries: [{ state: 'pending', lastError: 'could not be reached' }] });
});
