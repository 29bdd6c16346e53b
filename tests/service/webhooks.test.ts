import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliverAllDue, deliverDue } from '../../src/service/webhook-delivery.ts';
import { delivery } from '../store/samples.ts';
import { problemOf, storeApp, type StoreApp } from './store-app.ts';

const URL_OF_HOOK = 'https://cms.example.org/hook';

interface Sent {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly redirect: string | undefined;
}

/** A receiver that answers with a status, and remembers. */
function receiver(service: StoreApp, status: () => number, addresses: () => string[] = () => ['93.184.215.14']) {
  const sent: Sent[] = [];
  const fetch = async (url: string, { headers, body, redirect }: RequestInit): Promise<Response> => {
    sent.push({ url, headers: headers as Record<string, string>, body: body as string, redirect });
    return await Promise.resolve(new Response(null, { status: status(), headers: { Location: 'http://10.0.0.1/' } }));
  };
  const resolveHost = async () => await Promise.resolve(addresses());
  const { store, clock } = service;
  const sender = { store, clock: () => clock.now, fetch, resolveHost };
  const deliverAll = (goesOn: () => boolean) => deliverAllDue(sender, goesOn);
  return { sent, deliver: () => deliverDue(sender), deliverAll };
}

async function made(service: StoreApp, admin: string): Promise<{ id: string; secret: string }> {
  const wish = { url: URL_OF_HOOK, events: ['verdict.flagged'] };
  return (await (await service.call(admin, 'POST', '/v1/webhooks', wish)).json()) as { id: string; secret: string };
}

describe('a webhook', () => {
  it('is told of flagged documents only, without their texts, signed as Standard Webhooks say', async () => {
    const service = storeApp();
    const admin = await service.key('t', 'admin');
    const { secret } = await made(service, admin);
    await service.call(admin, 'POST', '/v1/check', { text: 'nine o clock', id: 'clean' });
    await service.call(admin, 'POST', '/v1/check', { text: 'a casino here', id: 'post-1' });
    const { sent, deliver } = receiver(service, () => 204);
    expect(await deliver()).toBe(1);
    expect(await deliver()).toBe(0);
    const [{ url, headers, body, redirect } = {} as Sent] = sent;
    expect([url, redirect]).toEqual([URL_OF_HOOK, 'manual']);
    expect(JSON.parse(body)).toMatchObject({
      type: 'verdict.flagged',
      timestamp: new Date(service.clock.now).toISOString(),
      data: { documentId: 'post-1', verdict: 'clean' },
    });
    expect(body).not.toContain('casino');
    expect(headers['webhook-timestamp']).toBe(String(service.clock.now / 1000));
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    expect(key).toHaveLength(32);
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  });

  it('is one of 20 at most, however many are made at once', async () => {
    const service = storeApp({ rateLimit: null });
    const admin = await service.key('t', 'admin');
    const wish = { url: URL_OF_HOOK, events: ['verdict.flagged'] };
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => service.call(admin, 'POST', '/v1/webhooks', wish)),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(await Promise.all(refused.map(problemOf))).toEqual(Array(10).fill('409 conflict'));
    expect(await service.store.webhooks.list('t')).toHaveLength(20);
  });

  it('is tried again with the same id after growing waits, and given up in the end', async () => {
    const service = storeApp();
    const admin = await service.key('t', 'admin');
    const { id } = await made(service, admin);
    expect((await service.call(admin, 'POST', `/v1/webhooks/${id}/test`)).status).toBe(202);
    const { sent, deliver } = receiver(service, () => 500);
    expect(await deliver()).toBe(1);
    service.clock.now += 4999;
    expect(await deliver()).toBe(0);
    service.clock.now += 1001;
    expect(await deliver()).toBe(1);
    for (let days = 0; days < 20; days++) {
      service.clock.now += 86_400_000 * 2;
      await deliver();
    }
    expect(sent).toHaveLength(10);
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const listed = await (await service.call(admin, 'GET', `/v1/webhooks/${id}/deliveries`)).json();
    expect(listed).toMatchObject({ deliveries: [{ state: 'failed', attempts: 10, lastError: 'answered 500' }] });
  });

  it('gets all that waits for it, round after round, as far as the sender is let', async () => {
    const service = storeApp();
    const { id } = await made(service, await service.key('t', 'admin'));
    const waiting = Array.from({ length: 90 }, (_, i) => delivery(`d${i}`, id));
    await service.store.webhooks.enqueue('t', waiting);
    const { sent, deliverAll } = receiver(service, () => 204);
    await deliverAll(() => sent.length < 40);
    expect(sent).toHaveLength(40);
    await deliverAll(() => true);
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(90);
  });

  it('that answers 410 gets nothing any more', async () => {
    const service = storeApp();
    const admin = await service.key('t', 'admin');
    await made(service, admin);
    const { sent, deliver } = receiver(service, () => 410);
    await service.call(admin, 'POST', '/v1/check', { text: 'casino' });
    await deliver();
    await service.call(admin, 'POST', '/v1/check', { text: 'casino' });
    service.clock.now += 86_400_000;
    await deliver();
    expect(sent).toHaveLength(1);
    const { webhooks } = (await (await service.call(admin, 'GET', '/v1/webhooks')).json()) as {
      webhooks: { disabledAt: string | null; secret?: string }[];
    };
    expect(webhooks).toMatchObject([{ disabledAt: expect.any(String) as string }]);
    expect(webhooks[0]).not.toHaveProperty('secret');
  });

  it.each([
    { name: 'a redirect', status: 302, addresses: ['93.184.215.14'], error: 'answered 302', calls: 1 },
    {
      name: 'a name that moved inside',
      status: 200,
      addresses: ['93.184.215.14', '::ffff:10.0.0.1'],
      error: 'inside of a network',
      calls: 0,
    },
    { name: 'a name without address', status: 200, addresses: [], error: 'no address', calls: 0 },
  ])('fails for $name', async ({ status, addresses, error, calls }) => {
    const service = storeApp();
    const admin = await service.key('t', 'admin');
    const { id } = await made(service, admin);
    await service.call(admin, 'POST', `/v1/webhooks/${id}/test`);
    const { sent, deliver } = receiver(
      service,
      () => status,
      () => addresses,
    );
    await deliver();
    expect(sent).toHaveLength(calls);
    const text = await (await service.call(admin, 'GET', `/v1/webhooks/${id}/deliveries`)).text();
    expect(text).toContain(error);
    expect(text).toContain('pending');
  });

  it.each([
    'http://example.org/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::ffff:7f00:1]/',
    'https://user:secret@example.org/',
    'ftp://example.org/',
    'nonsense',
  ])('is refused at %s', async (url) => {
    const service = storeApp();
    const admin = await service.key('t', 'admin');
    const response = await service.call(admin, 'POST', '/v1/webhooks', { url, events: ['verdict.flagged'] });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/url' }] });
  });

  it('is one of twenty at most', async () => {
    const service = storeApp();
    const admin = await service.key('t', 'admin');
    for (let made20 = 0; made20 < 20; made20++) await made(service, admin);
    const wish = { url: URL_OF_HOOK, events: ['verdict.flagged'] };
    expect(await problemOf(await service.call(admin, 'POST', '/v1/webhooks', wish))).toBe('409 conflict');
  });
});
