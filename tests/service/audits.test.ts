import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpClient } from '../../src/audit/web/http.ts';
import { loadBaseParts } from '../../src/node/base-parts.ts';
import { createSieve } from '../../src/index.ts';
import { AuditJobs } from '../../src/service/audit-jobs.ts';
import type { AuditMessage } from '../../src/service/audit-queue.ts';
import { DEFAULT_LIMITS } from '../../src/service/limits.ts';
import { TenantSieves } from '../../src/service/tenant-sieves.ts';
import { HOUR } from '../store/samples.ts';
import { archiveOf } from './web-archive.ts';
import { memoryAuditFiles } from './memory-audit-files.ts';
import { problemOf, storeApp, type StoreApp } from './store-app.ts';

const parts = await loadBaseParts();
const sieve = await createSieve(parts);
const SPAM = '国产精品一区二区_久久午夜无码_亚洲成人网站_在线观看视频';
const HONEST = readFileSync('training-data/heldout/legit.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { text: string }).text)
  .filter((text) => sieve.check({ text }).spans.length === 0);

/** Rows of an upload; every seventh has a tail. */
const rows = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => {
    const text = `${at}\n${HONEST[at % HONEST.length]}`;
    return JSON.stringify({ id: `row-${at}`, text: at % 7 === 3 ? `${text}\n${SPAM}` : text });
  });
/** Ids of those that the sieve flags one by one. */
const flaggedOf = (count: number): string[] =>
  rows(count)
    .map((row) => JSON.parse(row) as { id: string; text: string })
    .filter(({ text }) => sieve.check({ text }).spans.length > 0)
    .map(({ id }) => id);

interface Audit {
  readonly id: string;
  readonly state: string;
  readonly totals: Record<string, number>;
  readonly summary: Record<string, unknown> | null;
  readonly error: string | null;
  readonly nextAt: string | null;
}

/** A site: pages by path, everything else is not there. */
function siteOf(pages: Readonly<Record<string, string>>): HttpClient & { readonly asked: string[] } {
  const asked: string[] = [];
  const get = async ({ pathname }: URL): Promise<HttpAnswer> => {
    asked.push(pathname);
    const page = pages[pathname];
    const headers = { 'content-type': pathname.endsWith('.xml') ? 'application/xml' : 'text/html; charset=utf-8' };
    const body = page === undefined ? null : new TextEncoder().encode(page);
    return await Promise.resolve({ status: page === undefined ? 404 : 200, headers, body });
  };
  return { asked, get };
}

function serviceOf(more: object = {}): StoreApp & { files: ReturnType<typeof memoryAuditFiles>; jobs: AuditJobs } {
  const files = memoryAuditFiles();
  const options = {
    sieve: () => sieve,
    parts: () => parts,
    rateLimit: null,
    auditFiles: files,
    pageDelayMs: 0,
    ...more,
  };
  const service = storeApp(options);
  const { store, clock } = service;
  const dependencies = { ...options, store, version: '1', limits: DEFAULT_LIMITS, clock: () => clock.now };
  return { ...service, files, jobs: new AuditJobs(dependencies, new TenantSieves(dependencies)) };
}

async function upload({ app }: StoreApp, key: string, body: string, query = ''): Promise<Audit> {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-ndjson' };
  const response = await app.request(`/v1/audits${query}`, { method: 'POST', headers, body });
  expect(response.status).toBe(202);
  return (await response.json()) as Audit;
}

async function over(service: StoreApp & { jobs: AuditJobs }, key: string, id: string): Promise<Audit> {
  await service.jobs.runDue();
  for (let turn = 0; turn < 400; turn++) {
    const audit = (await (await service.call(key, 'GET', `/v1/audits/${id}`)).json()) as Audit;
    if (!['queued', 'running', 'reporting'].includes(audit.state)) return audit;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the audit did not end');
}

/** Ids of flagged documents, page by page. */
async function found(service: StoreApp, key: string, id: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const query = next === '' ? '' : `?cursor=${next}`;
    const page = await (await service.call(key, 'GET', `/v1/audits/${id}/findings${query}`)).json();
    ids.push(...(page as { findings: { id: string }[] }).findings.map((row) => row.id));
    ({ next } = page as { next: string | null });
  }
  return ids;
}

describe('/v1/audits', () => {
  it('looks through an upload: every tail is found, once, and reports are made', async () => {
    const service = serviceOf();
    const key = await service.key('up', 'admin');
    const body = [...rows(1200), '{"no": "text"}'].join('\n');
    const { id } = await upload(service, key, body, '?author=desk');
    const audit = await over(service, key, id);
    expect(audit).toMatchObject({
      state: 'done',
      author: 'desk',
      progress: 1,
      totals: {
        documents: 1200,
        flagged: flaggedOf(1200).length,
        spans: flaggedOf(1200).length,
        errors: 1,
        skipped: 0,
      },
      summary: { campaigns: 1, complete: true },
    });
    expect(await found(service, key, id)).toEqual(flaggedOf(1200));
    const notices = await (await service.call(key, 'GET', `/v1/audits/${id}/notices`)).text();
    expect(notices).toContain('row 1201: text must be a string');
    for (const name of ['report.html', 'report.csv', 'report.sarif', 'report.junit.xml', 'report.md', 'summary.json']) {
      const report = await service.call(key, 'GET', `/v1/audits/${id}/reports/${name}`);
      expect([name, report.status]).toEqual([name, 200]);
      expect(await report.text()).toContain(name === 'summary.json' ? '"flagged"' : 'upload');
    }
    expect(await problemOf(await service.call(key, 'GET', `/v1/audits/${id}/reports/other.txt`))).toBe('404 not-found');
    expect(service.files.names().filter((name) => name.includes('/out/')).length).toBeGreaterThan(20);
  });

  it('tells how far it is as events, to the end', async () => {
    const service = serviceOf();
    const key = await service.key('sse', 'admin');
    const { id } = await upload(service, key, rows(120).join('\n'));
    const events = await service.call(key, 'GET', `/v1/audits/${id}/events`);
    void service.jobs.runDue();
    expect(events.headers.get('Content-Type')).toContain('text/event-stream');
    const text = await events.text();
    expect(text.trim().split('\n\n').at(-1)).toMatch(/^event: finished\ndata: \{.*"state":"done"/);
  });

  it('reads pages by address: robots.txt holds, what cannot be read is told, the run goes on', async () => {
    const page = (text: string): string => `<!doctype html><p>${text}</p>`;
    const site = siteOf({
      '/robots.txt': 'User-agent: *\nDisallow: /private/',
      '/a': page(HONEST[0]),
      '/b': `${page(HONEST[1])}<p>${SPAM}</p>`,
      '/private/c': page(SPAM),
    });
    const service = serviceOf({ httpClient: site });
    const key = await service.key('pages', 'admin');
    const urls = ['/a', '/b', '/gone', '/private/c', '/b'].map((path) => `https://news.example${path}`);
    const response = await service.call(key, 'POST', '/v1/audits', { urls: [...urls, 'ftp://news.example/d'] });
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as Audit;
    expect(response.headers.get('Location')).toBe(`/v1/audits/${id}`);
    expect(await over(service, key, id)).toMatchObject({
      state: 'done',
      totals: { documents: 2, flagged: 1, errors: 1, skipped: 2 },
    });
    expect(await found(service, key, id)).toEqual(['https://news.example/b']);
    const { notices } = (await (await service.call(key, 'GET', `/v1/audits/${id}/notices`)).json()) as {
      notices: { code: string }[];
    };
    expect(notices.map(({ code }) => code).sort()).toEqual(['bad-address', 'robots', 'status']);
    expect(site.asked.filter((path) => path === '/private/c')).toEqual([]);
  });

  it('reads the pages of a sitemap', async () => {
    const entries = Array.from({ length: 12 }, (_, at) => `<url><loc>https://news.example/${at}</loc></url>`);
    const pages = Object.fromEntries(
      entries.map((_, at) => [`/${at}`, `<!doctype html><p>${at % 4 === 1 ? SPAM : HONEST[at]}</p>`]),
    );
    const site = siteOf({ ...pages, '/sitemap.xml': `<urlset>${entries.join('')}</urlset>` });
    const service = serviceOf({ httpClient: site });
    const key = await service.key('map', 'admin');
    const asked = await service.call(key, 'POST', '/v1/audits', { sitemap: 'https://news.example/sitemap.xml' });
    const { id } = (await asked.json()) as Audit;
    expect(await over(service, key, id)).toMatchObject({
      state: 'done',
      totals: { documents: 12, flagged: 3, errors: 0 },
    });
  });

  it('does not reach into a network', async () => {
    const service = serviceOf({
      fetch: () => Promise.reject(new Error('it was called')),
      resolveHost: () => Promise.resolve(['10.0.0.7']),
    });
    const key = await service.key('ssrf', 'admin');
    const urls = ['http://127.0.0.1/a', 'http://localhost/b', 'http://inside.example/c', 'http://[::1]/d'];
    const { id } = (await (await service.call(key, 'POST', '/v1/audits', { urls })).json()) as Audit;
    expect(await over(service, key, id)).toMatchObject({ state: 'done', totals: { documents: 0, errors: 4 } });
    const notices = await (await service.call(key, 'GET', `/v1/audits/${id}/notices`)).text();
    expect(notices.match(/"private-address"/g)).toHaveLength(4);
  });

  it('is cancelled, and is deleted with what it found', async () => {
    const messages: AuditMessage[] = [];
    const queue = {
      send: async (more: readonly AuditMessage[]) => void messages.push(...(await Promise.resolve(more))),
    };
    const service = serviceOf({ auditQueue: queue });
    const key = await service.key('stop', 'admin');
    const { id } = await upload(service, key, rows(200).join('\n'));
    await service.jobs.handle(messages[0]);
    const cancelled = await service.call(key, 'POST', `/v1/audits/${id}/cancel`);
    expect(await cancelled.json()).toMatchObject({ state: 'cancelled', totals: { documents: 50 } });
    for (const message of messages.slice(1)) await service.jobs.handle(message);
    expect(await (await service.call(key, 'GET', `/v1/audits/${id}`)).json()).toMatchObject({
      totals: { documents: 50 },
    });
    expect(await found(service, key, id)).toEqual(flaggedOf(50));
    expect((await service.call(key, 'DELETE', `/v1/audits/${id}`)).status).toBe(204);
    expect(service.files.names()).toEqual([]);
    expect(await problemOf(await service.call(key, 'GET', `/v1/audits/${id}`))).toBe('404 not-found');
  });

  it('reads a web archive: pages in their encodings, what is behind a broken member, and what is no text', async () => {
    const service = serviceOf();
    const key = await service.key('archive', 'admin');
    const page = (address: string, body: Uint8Array, contentType = 'text/html') => ({ address, body, contentType });
    const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
    const html = (text: string): string => `<html><body><p>${HONEST[0]}</p><p>${text}</p></body></html>`;
    // 第三届邀请赛。 in GB 2312.
    const gbk = Buffer.from('b5dac8fdbdecd1fbc7ebc8fca1a3', 'hex');
    const first = await archiveOf([
      page('https://a.example/spam', utf8(html(SPAM)), 'text/html; charset=utf-8'),
      page('https://a.example/gbk', gbk),
      page('https://a.example/image', utf8('x'), 'image/png'),
      page('https://a.example/binary', new Uint8Array([60, 0, 255, 254, 0, 1])),
    ]);
    const broken = (await archiveOf([page('https://a.example/broken', utf8(html(SPAM)))])).fill(0, 40, 80);
    const last = await archiveOf([page('https://a.example/last', utf8(html(SPAM)))]);
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/warc' };
    const body = new Blob([first, broken, last]);
    const asked = await service.app.request('/v1/audits', { method: 'POST', headers, body: await body.arrayBuffer() });
    expect(asked.status).toBe(202);
    const { id } = (await asked.json()) as Audit;
    expect(await over(service, key, id)).toMatchObject({
      state: 'done',
      totals: { documents: 3, flagged: 2, skipped: 1 },
    });
    expect(await found(service, key, id)).toEqual(['https://a.example/spam', 'https://a.example/last']);
    const notices = await (await service.call(key, 'GET', `/v1/audits/${id}/notices`)).json();
    // What is left of a broken member may look like a second one.
    const codes = new Set((notices as { notices: { code: string }[] }).notices.map(({ code }) => code));
    expect([...codes]).toEqual(['content-type', 'undecodable', 'broken-record']);
  });

  it('refuses what it cannot do, and says why', async () => {
    const service = serviceOf();
    const key = await service.key('bad', 'admin');
    const post = async (body: unknown): Promise<string> =>
      await problemOf(await service.call(key, 'POST', '/v1/audits', body));
    expect(await post({})).toBe('422 invalid-request');
    expect(await post({ urls: [], policy: 'x' })).toBe('422 invalid-request');
    expect(await post({ urls: ['https://a.example/'], sitemap: 'https://a.example/s.xml' })).toBe(
      '422 invalid-request',
    );
    expect(await post({ urls: ['https://a.example/'], policy: 'no such' })).toBe('422 invalid-request');
    expect(await post({ sitemap: 'file:///etc/passwd' })).toBe('422 invalid-request');
    const send = async (type: string, body: string): Promise<string> => {
      const headers = { Authorization: `Bearer ${key}`, 'Content-Type': type };
      return await problemOf(await service.app.request('/v1/audits', { method: 'POST', headers, body }));
    };
    expect(await send('application/warc', '')).toBe('400 empty-body');
    expect(await send('text/plain', 'x')).toBe('415 unsupported-media-type');
    expect(await send('application/x-ndjson', '')).toBe('400 empty-body');
    const { audits } = (await (await service.call(key, 'GET', '/v1/audits')).json()) as { audits: Audit[] };
    expect(audits.filter(({ state }) => state !== 'done')).toEqual([]);
    const bare = storeApp({ sieve: () => sieve, parts: () => parts });
    const other = await bare.key('bare', 'admin');
    expect(await problemOf(await bare.call(other, 'POST', '/v1/audits', { urls: ['https://a.example/'] }))).toBe(
      '503 not-ready',
    );
  });

  it('is for keys that may read texts', async () => {
    const service = serviceOf();
    const checker = await service.key('scoped', 'check');
    expect(await problemOf(await service.call(checker, 'GET', '/v1/audits'))).toBe('403 forbidden');
  });

  it('keeps no text of a site that keeps none', async () => {
    const service = serviceOf();
    const key = await service.key('quiet', 'admin');
    await service.call(key, 'PUT', '/v1/policy', { policy: null, retain: 'none', retentionDays: 1 });
    const { id } = await upload(service, key, rows(20).join('\n'));
    expect(await over(service, key, id)).toMatchObject({ totals: { flagged: 3 } });
    const findings = await (await service.call(key, 'GET', `/v1/audits/${id}/findings`)).text();
    expect(findings).toContain('row-3');
    for (const name of service.files.names()) {
      const [tenant, audit, ...rest] = name.split('/');
      const bytes = await service.files.get(tenant, audit, rest.join('/'));
      expect(new TextDecoder().decode(bytes ?? new Uint8Array())).not.toContain('无码');
    }
  });
});

describe('an audit', () => {
  it('tells of its end by webhook', async () => {
    const service = serviceOf();
    const key = await service.key('told', 'admin');
    const hook = { url: 'https://cms.example.org/hook', events: ['audit.finished'] };
    const { id: webhook } = (await (await service.call(key, 'POST', '/v1/webhooks', hook)).json()) as Audit;
    const { id } = await upload(service, key, rows(20).join('\n'));
    await over(service, key, id);
    const [delivery] = await service.store.webhooks.deliveries('told', webhook, 9);
    expect(JSON.parse(delivery.payload)).toMatchObject({
      type: 'audit.finished',
      data: { audit: id, state: 'done', documents: 20, flagged: 3, campaigns: 1 },
    });
  });

  it('is complete though messages come twice, late, in any order, and fail', async () => {
    const waiting: AuditMessage[] = [];
    const queue = {
      send: async (more: readonly AuditMessage[]) => void waiting.push(...(await Promise.resolve(more))),
    };
    let calls = 0;
    const faulty = memoryAuditFiles();
    const auditFiles = {
      ...faulty,
      put: async (...given: Parameters<typeof faulty.put>) => {
        await faulty.put(...given);
        // After the write: what was written is written again.
        if (given[2].startsWith('out/') && ++calls % 5 === 0) throw new Error('the consumer died');
      },
    };
    const service = serviceOf({ auditQueue: queue, auditFiles });
    const key = await service.key('twice', 'admin');
    const { id } = await upload(service, key, rows(2000).join('\n'));
    let failed = 0;
    for (let turn = 0; waiting.length > 0 && turn < 1000; turn++) {
      const [message] = waiting.splice((turn * 7) % waiting.length, 1);
      await service.jobs.handle(message).catch(() => {
        failed++;
        waiting.push(message);
      });
      if (turn % 6 === 0) await service.jobs.handle(message).catch(() => undefined);
      service.clock.now += 200_000;
    }
    expect(failed).toBeGreaterThan(5);
    expect(await over(service, key, id)).toMatchObject({
      state: 'done',
      totals: { documents: 2000, flagged: flaggedOf(2000).length, errors: 0 },
    });
    expect(await found(service, key, id)).toEqual(flaggedOf(2000));
  });

  it('goes on after a worker that died, and gives up what cannot be checked', async () => {
    let dies = true;
    const auditor = () => (dies ? Promise.reject(new Error('out of memory')) : Promise.resolve([]));
    const service = serviceOf({ auditor, report: () => undefined });
    const key = await service.key('died', 'admin');
    const { id } = await upload(service, key, rows(10).join('\n'));
    for (let attempt = 0; attempt < 6; attempt++) {
      await service.jobs.runDue();
      service.clock.now += 200_000;
    }
    dies = false;
    await service.jobs.runDue();
    expect(await over(service, key, id)).toMatchObject({ state: 'done', totals: { documents: 0, errors: 1 } });
    expect(await (await service.call(key, 'GET', `/v1/audits/${id}/notices`)).text()).toContain('out of memory');
  });

  it('whose input was damaged says so', async () => {
    const queue = { send: () => Promise.resolve() };
    const service = serviceOf({ auditQueue: queue });
    const key = await service.key('damaged', 'admin');
    const { id } = await upload(service, key, rows(60).join('\n'));
    await service.files.put('damaged', id, 'in/000001.ndjson', new TextEncoder().encode('{"kind":"document"}\n'));
    await service.jobs.runDue();
    expect(await over(service, key, id)).toMatchObject({ state: 'done', totals: { documents: 50, errors: 1 } });
  });

  it('is run again when it is due, until its schedule is ended', async () => {
    const site = siteOf({ '/a': `<!doctype html><p>${SPAM}</p>` });
    const service = serviceOf({ httpClient: site });
    const key = await service.key('again', 'admin');
    const wish = { urls: ['https://news.example/a'], everyHours: 24 };
    const first = (await (await service.call(key, 'POST', '/v1/audits', wish)).json()) as Audit;
    await over(service, key, first.id);
    await service.jobs.sweep();
    const list = async (): Promise<Audit[]> =>
      ((await (await service.call(key, 'GET', '/v1/audits')).json()) as { audits: Audit[] }).audits;
    expect(await list()).toHaveLength(1);
    service.clock.now += 24 * HOUR;
    await service.jobs.sweep();
    await service.jobs.sweep();
    const [second, before] = await list();
    expect([await list()].flat()).toHaveLength(2);
    expect(before).toMatchObject({ id: first.id, nextAt: null });
    await service.jobs.runDue();
    expect(await over(service, key, second.id)).toMatchObject({ state: 'done', totals: { flagged: 1 } });
    expect((await service.call(key, 'DELETE', `/v1/audits/${second.id}/schedule`)).status).toBe(204);
    service.clock.now += 48 * HOUR;
    await service.jobs.sweep();
    expect(await list()).toHaveLength(2);
  });

  it('is forgotten with all its files when its time is over', async () => {
    const service = serviceOf();
    const key = await service.key('old', 'admin');
    const { id } = await upload(service, key, rows(20).join('\n'));
    await over(service, key, id);
    service.clock.now += 31 * 24 * HOUR;
    await service.jobs.sweep();
    expect(service.files.names()).toEqual([]);
    expect(await service.store.audits.get('old', id)).toBeNull();
  });

  it('leaves nothing of an upload that breaks off', async () => {
    const service = serviceOf();
    const key = await service.key('broken', 'admin');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(rows(100).join('\n')));
      },
      pull: (controller) => controller.error(new Error('gone')),
    });
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/x-ndjson' };
    const request = new Request('http://service.test/v1/audits', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(await problemOf(await service.app.request(request))).toBe('400 unreadable-body');
    expect(service.files.names()).toEqual([]);
    expect((await service.store.audits.list('broken', { limit: 9 })).items).toEqual([]);
  });
});
