import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Hono, type Context } from 'hono';
import { serve } from '@hono/node-server';
import { afterAll, describe, expect, it } from 'vitest';
import { LinesieveClient } from '../../src/client/index.ts';
import { linesieve as expressMiddleware } from '../../src/integrations/express.ts';
import type { FieldOptions, FieldVerdict } from '../../src/integrations/field.ts';
import { linesieve as honoMiddleware, type LinesieveVariables } from '../../src/integrations/hono.ts';
import { startServer } from '../../src/node/server.ts';
import { fakeSieve } from '../service/fake-sieve.ts';

const servers: Server[] = [];
const service = await startServer({ port: 0, host: '127.0.0.1', sieve: () => fakeSieve, version: '0.0.0' });
const client = new LinesieveClient({ baseUrl: service.url });
afterAll(async () => {
  for (const server of servers) server.close();
  await service.close();
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** What the handler got, as the answer. */
async function startHono(options: FieldOptions): Promise<string> {
  const app = new Hono<LinesieveVariables>();
  app.post('/posts', honoMiddleware(options), async (c) => {
    const body: unknown = await c.req.json().catch(() => 'no JSON');
    const { verdict = null, fallback } = c.get('linesieve') ?? {};
    return Response.json({ body, verdict, fallback });
  });
  app.onError((_, c) => c.text('the check failed', 502));
  return await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(urlOf(server as Server)));
    servers.push(server as Server);
  });
}

async function startExpress(options: FieldOptions): Promise<string> {
  const app = express();
  app.use(express.json());
  app.post('/posts', expressMiddleware(options), (request, response) => {
    const { verdict = null, fallback } = (request as { linesieve?: FieldVerdict | null }).linesieve ?? {};
    response.json({ body: request.body ?? 'no JSON', verdict, fallback });
  });
  app.use((_: unknown, __: express.Request, response: express.Response, ___: express.NextFunction) => {
    response.status(502).send('the check failed');
  });
  const server = createServer(app);
  servers.push(server);
  return await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(urlOf(server))));
}

const post = (url: string, body: unknown, type = 'application/json') =>
  fetch(`${url}/posts`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const blocking: FieldOptions = {
  field: 'post.body',
  check: () => ({ verdict: 'block', posterior: 1, spans: [{ start: 0, end: 1, category: 'adult' }] }),
};

describe.each([
  ['hono', startHono],
  ['express', startExpress],
] as const)('the middleware of %s', (_, start) => {
  const cleaning: FieldOptions = { field: 'post.body', check: (document) => client.check(document) };

  it('hands the handler the cleaned field, and the rest as it was', async () => {
    const body = { title: 'a', post: { body: 'good casino text', 'x.y': 1 } };
    const response = await post(await start(cleaning), body);
    expect(await response.json()).toEqual({
      body: { title: 'a', post: { body: 'good  text', 'x.y': 1 } },
      verdict: 'clean',
    });
  });

  it.each([
    { post: { body: 'good text' } },
    { post: { body: '' } },
    { post: { body: 7 } },
    { post: [] },
    {},
    ['casino'],
  ])('lets %j through', async (body) => {
    const response = await post(await start(cleaning), body);
    expect(await response.json()).toEqual({
      body,
      verdict:
        typeof (body as { post?: { body?: unknown } }).post?.body === 'string' && JSON.stringify(body).includes('good')
          ? 'pass'
          : null,
    });
  });

  it('judges a field as what it is said to hold', async () => {
    const seen: unknown[] = [];
    const check: FieldOptions['check'] = (document) => (
      seen.push(document),
      { verdict: 'pass', posterior: 0, spans: [] }
    );
    await post(await start({ field: 'a', as: 'html', check }), { a: '<p>x' });
    expect(seen).toEqual([{ html: '<p>x', include: ['cleaned'] }]);
  });

  it('answers 422 for what must not be published', async () => {
    const response = await post(await start(blocking), { post: { body: 'x' } });
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      422,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer: '/post/body' }] });
  });

  it('leaves that to the handler where it is told to', async () => {
    const response = await post(await start({ ...blocking, onFlagged: 'tell' }), { post: { body: 'x' } });
    expect(await response.json()).toEqual({ body: { post: { body: 'x' } }, verdict: 'block' });
  });

  describe('where the service is away', () => {
    const away = (onTimeout: 'pass' | 'review'): FieldOptions => {
      const lost = new LinesieveClient({ baseUrl: 'http://127.0.0.1:9', retry: { retries: 0 }, onTimeout });
      return { field: 'a', check: (document) => lost.check(document) };
    };

    it('answers 503, and does not call spam what nobody judged', async () => {
      const response = await post(await start(away('review')), { a: 'x' });
      const { status, headers } = response;
      expect([status, headers.get('Content-Type'), headers.get('Retry-After')]).toEqual([
        503,
        expect.stringMatching(/^application\/problem\+json/),
        '30',
      ]);
      const problem = (await response.json()) as { detail: string };
      expect(problem).toMatchObject({ type: 'tag:linesieve,2026:check-unavailable', status: 503, errors: [] });
      expect(problem.detail).not.toContain('spam');
    });

    it.each([
      ['review', 'tell'],
      ['pass', 'reject'],
    ] as const)('goes on with %s, and says so, where flagged texts are to %s', async (verdict, onFlagged) => {
      const response = await post(await start({ ...away(verdict), onFlagged }), { a: 'x' });
      expect(await response.json()).toEqual({ body: { a: 'x' }, verdict, fallback: 'unavailable' });
    });
  });

  it('gives an error of the check to the app', async () => {
    const broken: FieldOptions = { field: 'a', check: () => Promise.reject(new Error('gone')) };
    expect((await post(await start(broken), { a: 'x' })).status).toBe(502);
  });

  it.each([
    'text/plain',
    'text/html; charset=utf-8',
    'application/json',
    'application/vnd.api+json',
    'text/json',
    'image/x+json',
    'application/x-unheard-of',
    'image/png',
    'application/octet-stream',
    'application/octet-stream-of-json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'IMAGE/PNG, application/json',
    '',
  ])('lets no handler read unjudged JSON that is called %j', async (type) => {
    const text = JSON.stringify({ post: { body: 'good casino text' } });
    const headers = { 'Content-Type': type };
    const response = await fetch(`${await start(cleaning)}/posts`, {
      method: 'POST',
      headers,
      body: new TextEncoder().encode(text),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('"good casino text"');
  });

  it('does not read what is no JSON', async () => {
    const response = await post(await start(cleaning), 'post.body=casino', 'text/plain');
    expect(await response.json()).toEqual({ body: 'no JSON', verdict: null });
  });
});

describe('the request that a handler of hono gets', () => {
  const cleaning: FieldOptions = { field: 'a', check: (document) => client.check(document) };

  /** What `read` gives, in the server of Node and without any. */
  async function readBy(read: (c: Context) => unknown, body: BodyInit, headers: Record<string, string> = {}) {
    const app = new Hono<LinesieveVariables>();
    app.all('/posts', honoMiddleware(cleaning), async (c) => Response.json((await read(c)) ?? null));
    const url = await new Promise<string>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
        resolve(urlOf(server as Server)),
      );
      servers.push(server as Server);
    });
    const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } };
    const answers = [await fetch(`${url}/posts`, init), await app.request('/posts', init)];
    return await Promise.all(answers.map(async (answer) => (answer.ok ? await answer.json() : answer.status)));
  }
  const twice = <T>(value: T) => [value, value];

  it.each([
    ['good text', 'good text'],
    ['good casino text', 'good  text'],
  ])('has %j in its raw body as %j, and once more in its own', async (text, left) => {
    const sent = JSON.stringify({ a: text });
    expect(await readBy((c) => c.req.raw.json(), sent)).toEqual(twice({ a: left }));
    expect(await readBy((c) => c.req.raw.clone().text(), sent)).toEqual(twice(JSON.stringify({ a: left })));
    expect(await readBy(async (c) => [await c.req.text(), await c.req.json()], sent)).toEqual(
      twice([JSON.stringify({ a: left }), { a: left }]),
    );
  });

  it.each(['{"a":', ''])('has a body of %j that is no JSON as it came', async (body) => {
    expect(await readBy((c) => c.req.raw.text(), body)).toEqual(twice(body));
  });

  it('keeps its method, headers and address', async () => {
    const read = ({ req: { raw } }: Context) => [raw.method, raw.headers.get('X-Own'), new URL(raw.url).pathname];
    for (const text of ['good', 'casino']) {
      const got = await readBy(read, JSON.stringify({ a: text }), { 'X-Own': 'x' });
      expect(got).toEqual(twice(['POST', 'x', '/posts']));
    }
  });

  it.each(['text/plain', 'application/vnd.api+json; charset=utf-8', 'text/json', 'application/x-unheard-of', ''])(
    'has the cleaned field, whatever it is called: %j',
    async (type) => {
      const sent = new TextEncoder().encode('{"a":"casino!"}');
      expect(await readBy((c) => c.req.json(), sent, { 'Content-Type': type })).toEqual(twice({ a: '!' }));
    },
  );

  it.each(['application/octet-stream', 'video/mp4', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'is not read before it where it is a form or binary: %s',
    async (type) => {
      const headers = { 'Content-Type': type };
      const used = (c: Context) => [c.req.raw.bodyUsed, Object.keys(c.req.bodyCache)];
      expect(await readBy(used, '{"a":"casino"}', headers)).toEqual(twice([false, []]));
      expect(await readBy((c) => c.req.json(), '{"a":"casino"}', headers)).toEqual(twice(415));
    },
  );

  it('has its form', async () => {
    const form = async (c: Context) => await c.req.parseBody();
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(await readBy(form, 'a=casino', type)).toEqual(twice({ a: 'casino' }));
  });

  it('has the bytes that came, where they are no UTF-8', async () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x22, 0xff, 0x80, 0x22);
    const read = async (c: Context) => [...new Uint8Array(await c.req.arrayBuffer())];
    expect(await readBy(read, bytes)).toEqual(twice([...bytes]));
  });
});
