import dns from 'node:dns';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServer, type RunningServer } from '../../src/node/server.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { createKey } from '../../src/service/api-key.ts';
import { createApp, type AppOptions } from '../../src/service/app.ts';
import type { Judged } from '../../src/service/judged.ts';
import type { SubmittedSample } from '../../src/service/sample-sink.ts';
import { fakeSieve } from './fake-sieve.ts';
import { storeApp } from './store-app.ts';
import { NOW } from '../store/samples.ts';

interface Comment {
  readonly content?: string;
  readonly name?: string;
  readonly email?: string;
  readonly url?: string;
  readonly isTest?: boolean;
  readonly role?: string;
}

interface Client {
  verifyKey(): Promise<boolean>;
  checkSpam(comment: Comment): Promise<boolean>;
  submitSpam(comment: Comment): Promise<{ text: string }>;
  submitHam(comment: Comment): Promise<{ text: string }>;
}

const { AkismetClient } = createRequire(import.meta.url)('akismet-api') as {
  AkismetClient: new (options: Record<string, unknown>) => Client;
};

/** Not every resolver knows that names below localhost are this machine. */
const toThisMachine = ((_: string, how: { all?: boolean }, done: (...results: unknown[]) => void) =>
  how.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as never;

const BLOG = 'https://blog.example/';
const samples: SubmittedSample[] = [];
const options: AppOptions = {
  sieve: () => fakeSieve,
  version: '0.0.0',
  akismetKey: (_, key) => Promise.resolve(key === 'good' ? 'good' : 'unknown'),
  samples: { add: async (_, sample) => void samples.push(sample) },
};

describe('a client that others wrote', () => {
  let server: RunningServer;
  let clientOf: (key: string, blog?: string) => Client;
  beforeAll(async () => {
    // The client puts the key before the host name.
    vi.spyOn(dns, 'lookup').mockImplementation(toThisMachine);
    server = await startServer({ ...options, port: 0, host: '127.0.0.1' });
    const host = `localhost:${new URL(server.url).port}`;
    clientOf = (key, blog = BLOG) => new AkismetClient({ key, blog, host, protocol: 'http' });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await server.close();
  });

  it('has its key verified', async () => {
    expect(await clientOf('good').verifyKey()).toBe(true);
    expect(await clientOf('bad').verifyKey()).toBe(false);
  });

  it.each<[Comment, boolean]>([
    [{ content: 'Nice article!', name: 'Ann' }, false],
    [{ content: 'Visit my casino' }, true],
    [{ content: 'Hi', name: 'casino' }, true],
    [{ content: 'Hi', url: 'https://casino.example/' }, true],
    [{ content: '<a href="x">casino</a>' }, true],
    [{ content: 'Hi', name: 'viagra-test-123' }, true],
    [{ content: 'Hi', email: 'akismet-guaranteed-spam@example.com' }, true],
    // What Akismet promises to be no spam would let anybody through who says so.
    [{ content: 'Visit my casino', role: 'administrator' }, true],
  ])('is told of %j: %s', async (comment, spam) => {
    expect(await clientOf('good').checkSpam(comment)).toBe(spam);
  });

  it('learns that its key is not known', async () => {
    await expect(clientOf('bad').checkSpam({ content: 'x' })).rejects.toThrow('Invalid API key');
  });

  it('learns from the debug help what is missing', async () => {
    await expect(clientOf('good', '').checkSpam({ content: 'x' })).rejects.toThrow(
      'send the address of your site as blog',
    );
  });

  it('submits spam and ham', async () => {
    samples.length = 0;
    expect((await clientOf('good').submitSpam({ content: 'bad', name: 'Ann' })).text).toMatch(/^Thanks/);
    await clientOf('good').submitHam({ content: '<p>good</p>', name: 'A<b' });
    expect(samples).toMatchObject([
      { label: 'spam', input: { text: 'Ann\nbad' }, verdictId: null, via: 'akismet' },
      { label: 'legit', input: { html: '<p>A&lt;b</p>\n<p>good</p>' } },
    ]);
  });
});

describe('a client that others wrote, with a key of a store', () => {
  it('is let in by the first label of the host name, and its verdict is in the log under the guid', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
    const store = openSqliteStore(join(folder, 'x.db'));
    const { plain } = await createKey(store, 'blog', { name: 'akismet', scopes: ['check'] });
    const server = await startServer({ sieve: () => fakeSieve, version: '0.0.0', port: 0, host: '127.0.0.1', store });
    const lookUp = vi.spyOn(dns, 'lookup').mockImplementation(toThisMachine);
    try {
      const host = `localhost:${new URL(server.url).port}`;
      const clientOf = (key: string) => new AkismetClient({ key, blog: BLOG, host, protocol: 'http' });
      expect(await clientOf(plain).checkSpam({ content: 'Visit my casino' })).toBe(true);
      await expect(clientOf(plain.replace(/.$/, '-')).checkSpam({ content: 'x' })).rejects.toThrow('Invalid API key');
      const { items } = await store.verdicts.list('blog', { limit: 10 }, NOW);
      expect(items).toMatchObject([{ verdict: 'clean', id: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    } finally {
      lookUp.mockRestore();
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true });
    }
  });
});

function post(path: string, form: Record<string, string>, more: Partial<AppOptions> = {}, headers: HeadersInit = {}) {
  const body = new URLSearchParams(form).toString();
  const init = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers }, body };
  return createApp({ ...options, ...more }).request(path, init);
}

const comment = { blog: BLOG, api_key: 'good', comment_content: 'Visit my casino' };

describe('comment-check', () => {
  it.each([
    ['api_key', { blog: BLOG, api_key: 'good' }, {}],
    ['key', { blog: BLOG, key: 'good' }, {}],
    ['a Bearer token', { blog: BLOG }, { Authorization: 'Bearer good' }],
    ['the first label of the host', { blog: BLOG }, { Host: 'good.sieve.example' }],
  ])('takes the key as %s', async (_, form, headers) => {
    expect(await (await post('/1.1/comment-check', form, {}, headers)).text()).toBe('false');
  });

  it.each([{}, { Host: '127.0.0.1:80' }, { Host: 'localhost:80' }])('needs a key: %j', async (headers) => {
    const response = await post('/1.1/comment-check', { blog: BLOG }, { akismetKey: undefined as never }, headers);
    expect([await response.text(), response.headers.get('X-akismet-debug-help')]).toEqual([
      'invalid',
      'the key is not known here; send it as api_key',
    ]);
  });

  it('names its verdict, which is logged under that name', async () => {
    const kept: Judged[] = [];
    const keep = async (_: unknown, judged: readonly Judged[]) => void kept.push(...judged);
    const response = await post('/1.1/comment-check', comment, { keep });
    expect(kept[0]?.verdict.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get('X-akismet-guid')).toBe(kept[0]?.verdict.id);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/);
  });

  it.each(['1', 'true'])('does not log a test: is_test=%s', async (is_test) => {
    const keep = () => Promise.reject(new Error('logged'));
    expect(await (await post('/1.1/comment-check', { ...comment, is_test }, { keep })).text()).toBe('true');
  });

  it.each([
    ['block', 'discard'],
    ['clean', null],
    ['review', null],
  ] as const)('says of a verdict %s that it may be dropped: %s', async (verdict, tip) => {
    const sieve = { ...fakeSieve, check: () => ({ ...fakeSieve.check({ text: '' }), verdict }) };
    const response = await post('/1.1/comment-check', comment, { sieve: () => sieve });
    expect([await response.text(), response.headers.get('X-akismet-pro-tip')]).toEqual(['true', tip]);
  });

  it('reads forms only, within the limits', async () => {
    const json = await post('/1.1/comment-check', comment, {}, { 'Content-Type': 'application/json' });
    expect(json.status).toBe(415);
    expect((await post('/1.1/comment-check', comment, { limits: { bodyBytes: 10 } })).status).toBe(413);
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`f${i}`, '']));
    expect((await post('/1.1/comment-check', many)).status).toBe(422);
    expect((await post('/1.1/comment-check', comment, {}, { 'Content-Encoding': 'gzip' })).status).toBe(415);
  });
});

describe('submit-spam and submit-ham', () => {
  it.each(['spam', 'ham'])('are refused where nothing learns: %s', async (kind) => {
    const response = await post(`/1.1/submit-${kind}`, comment, { samples: undefined as never });
    expect([response.status, response.headers.get('X-akismet-debug-help')]).toEqual([
      501,
      'this service keeps no samples; start it with a store to let it learn',
    ]);
  });

  it('say which verdict they mean', async () => {
    samples.length = 0;
    await post('/1.1/submit-ham', { ...comment, guid: 'g-1' });
    expect(samples).toMatchObject([{ label: 'legit', verdictId: 'g-1', input: { id: 'g-1' } }]);
  });

  it('need a key, and store no test', async () => {
    samples.length = 0;
    expect(await (await post('/1.1/submit-spam', { ...comment, api_key: 'bad' })).text()).toBe('invalid');
    await post('/1.1/submit-spam', { ...comment, is_test: '1' });
    expect(samples).toEqual([]);
  });
});

describe('keys of a store', () => {
  const service = storeApp();
  const say = async (path: string, api_key: string) => {
    const form = { blog: BLOG, api_key, comment_content: 'Visit my casino' };
    const response = await service.app.request(path, { method: 'POST', body: new URLSearchParams(form) });
    return [response.status, await response.text(), response.headers.get('X-akismet-debug-help')];
  };
  const lacking = (scope: string) => [
    200,
    'invalid',
    `the key lacks the scope ${scope}; ask an admin for one that has it`,
  ];

  it('check with the scope check, and submit with the scope samples', async () => {
    const check = await service.key('blog', 'check');
    expect(await say('/1.1/verify-key', check)).toEqual([200, 'valid', null]);
    expect(await say('/1.1/comment-check', check)).toEqual([200, 'true', null]);
    for (const kind of ['spam', 'ham']) expect(await say(`/1.1/submit-${kind}`, check)).toEqual(lacking('samples'));
    const label = await service.key('blog', 'samples');
    for (const path of ['verify-key', 'comment-check'])
      expect(await say(`/1.1/${path}`, label)).toEqual(lacking('check'));
    expect((await service.store.samples.list('blog', { limit: 9 })).items).toEqual([]);
  });
});
