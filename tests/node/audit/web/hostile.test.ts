import { brotliCompressSync, gzipSync } from 'node:zlib';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guardedLookup, publicOnly } from '../../../../src/node/audit/web/address-guard.ts';
import { html, links, redirect, serve, status, text, type Answer } from './loopback.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-web-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LIMIT = 64 * 1024;
const BOMB = Buffer.alloc(20 * 1024 * 1024, '<p>a</p>');
const encoded = (coding: string, body: Uint8Array): Answer => html(body as never, { 'content-encoding': coding });

/** Sends until nobody reads. */
const endless: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  const more = (): void => {
    while (!response.destroyed && response.write('<p>more of this</p>'.repeat(100)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

/** Each page with what must become of it. Every one of them stands between two honest pages. */
const PAGES: readonly (readonly [path: string, answer: Answer, becomes: string])[] = [
  ['/hangs', () => undefined, 'error timeout'],
  [
    '/stalls',
    (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('<p>'),
    'error timeout',
  ],
  ['/circle', redirect('/circle-2'), 'error redirect-loop'],
  ['/longer?1', (request, response) => redirect(`${request.url}1`)(request, response), 'error redirects'],
  ['/nowhere', status(302), 'error redirects'],
  ['/endless', endless, 'error too-large'],
  ['/announced', html('', { 'content-length': '2147483648' }), 'error too-large'],
  ['/gzip-bomb', encoded('gzip', gzipSync(BOMB)), 'error too-large'],
  ['/brotli-bomb', encoded('br', brotliCompressSync(BOMB)), 'error too-large'],
  ['/double-bomb', encoded('gzip, gzip', gzipSync(gzipSync(BOMB))), 'error too-large'],
  ['/tower', encoded('gzip, gzip, gzip', gzipSync('')), 'error encoding'],
  ['/no-gzip', encoded('gzip', Buffer.from('<p>plain')), 'error broken-encoding'],
  ['/cut-gzip', encoded('gzip', gzipSync('<p>cut'.repeat(99)).subarray(0, 30)), 'error broken-encoding'],
  ['/unknown-coding', encoded('aes128gcm', Buffer.from('x')), 'error encoding'],
  ['/coding-of-all-objects', encoded('constructor', Buffer.from('x')), 'error encoding'],
  ['/busy', status(503), 'error status'],
  ['/down', status(500), 'error status'],
  ['/forbidden', status(403), 'skipped status'],
  ['/resets', (request) => request.socket.resetAndDestroy(), 'error network'],
  ['/no-http', (request) => request.socket.end('SSH-2.0-server\r\n'), 'error broken-answer'],
  ['/private', redirect('http://169.254.169.254/latest/meta-data/'), 'error private-address'],
  ['/private-name', redirect('http://localhost:1/'), 'error private-address'],
  ['/private-digits', redirect('http://2130706434/'), 'error private-address'],
  ['/to-file', redirect('file:///etc/passwd'), 'error scheme'],
  ['/binary', html(Buffer.from([60, 112, 62, 0, 1, 2]) as never), 'error undecodable'],
  ['/video', text('', { 'content-type': 'video/mp4' }), 'skipped content-type'],
];
const ANSWERS = Object.fromEntries(PAGES.map(([path, answer]) => [path, answer]));

describe('what a hostile server sends', () => {
  it('is reported page by page, and the run goes on', async () => {
    await using site = await serve({
      '/circle-2': redirect('/circle'),
      '/longer': (request, response) => redirect(`${request.url}1`)(request, response),
      '/first': html('first'),
      '/last': html('last'),
      ...ANSWERS,
    });
    const list = join(folder, 'urls.txt');
    const paths = ['/first', ...PAGES.map(([path]) => path), '/last'];
    writeFileSync(list, paths.map((path) => site.origin + path).join('\n'));
    // Long enough for an honest page on a busy machine: what hangs does so for ever.
    const items = await site.read('urls', list, { timeoutMs: 5000, maxPageBytes: LIMIT, concurrency: 8 });
    expect(items).toEqual([
      'document /first',
      ...PAGES.map(([path, , becomes]) => `${becomes} ${path}`),
      'document /last',
    ]);
  });

  it('links to what is no web page are reported, and nothing else is opened', async () => {
    await using site = await serve({
      '/': html(links('file:///etc/passwd', 'http://10.0.0.1/', 'gopher://x/', '/b')),
      '/b': html(links('gopher://x/')),
    });
    expect(await site.read('crawl', site.origin)).toEqual([
      'skipped scheme file:///etc/passwd',
      'skipped scheme gopher://x/',
      'document /',
      'document /b',
    ]);
  });

  it('is nothing at all where the site itself is private', async () => {
    await using site = await serve({ '/': html('inside') });
    expect(await site.read('crawl', site.origin, {}, { guard: publicOnly })).toEqual(['error private-address /']);
    expect(site.asked).toEqual([]);
  });

  it('a name that leads to a private address is not connected to, whatever it led to before', async () => {
    await using site = await serve({ '/': html('inside'), '/robots.txt': text('') });
    const { port } = new URL(site.origin);
    let lookups = 0;
    const resolve: Parameters<typeof guardedLookup>[1] = (_, __, found) => {
      lookups++;
      found(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    const name = `http://pages.linesieve.dev:${port}/`;
    expect(await site.read('crawl', name, {}, { guard: publicOnly, resolve })).toEqual([
      `error private-address ${name}`,
    ]);
    expect(site.asked).toEqual([]);
    expect(lookups).toBe(1);
    expect(await site.read('crawl', name, {}, { resolve })).toEqual([`document ${name}`]);
  });
});

describe('the look-up of a connection', () => {
  it('hands over only addresses that are public', () => {
    const addresses = ['10.0.0.1', '203.0.114.5', '::1', '2606:4700::1'].map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    const lookup = guardedLookup(publicOnly, (_, __, found) => found(null, addresses));
    lookup('a.example', { all: true }, (error, given) => {
      expect(error).toBeNull();
      expect(given).toEqual([addresses[1], addresses[3]]);
    });
    lookup('a.example', {}, (_, given, family) => expect([given, family]).toEqual(['203.0.114.5', 4]));
    expect.assertions(3);
  });
});

describe('the charset of a page', () => {
  const GREETING = '你好，世界。今天天气很好，我们去公园散步。';
  const GBK = Buffer.from(
    'c4e3bac3a3accac0bde7a1a3bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5b9abd4b0c9a2b2bda1a3',
    'hex',
  );
  const UTF8 = Buffer.from(GREETING);
  it.each([
    ['declared by the header', GBK, 'text/html; charset=gbk', GREETING],
    [
      'declared by the page',
      Buffer.concat([Buffer.from('<meta charset="gbk">'), GBK]),
      'text/html',
      `<meta charset="gbk">${GREETING}`,
    ],
    ['declared wrongly as UTF-8', GBK, 'text/html; charset=utf-8', GREETING],
    ['declared wrongly as GBK', UTF8, 'text/html; charset=gbk', GREETING],
    ['not declared', UTF8, 'text/html', GREETING],
    ['unknown', UTF8, 'text/html; charset=klingon', GREETING],
    ['Latin', Buffer.from('caf\xe9 cr\xe8me', 'latin1'), 'text/html; charset=iso-8859-1', 'café crème'],
    [
      'ISO 2022 by the header, in bytes that are ASCII',
      Buffer.from('1b2442467c4b5c1b2842', 'hex'),
      'text/html; charset=iso-2022-jp',
      '日本',
    ],
    ['UTF-16 by the header', Buffer.from('a中', 'utf16le'), 'text/html; charset=utf-16le', 'a中'],
  ])('%s', async (_, bytes, contentType, expected) => {
    const { pageText } = await import('../../../../src/node/audit/web/page-text.ts');
    expect(pageText(bytes, contentType, 'page')).toBe(expected);
  });

  it('UTF-8 with a character that was cut is repaired', async () => {
    const { pageText } = await import('../../../../src/node/audit/web/page-text.ts');
    const long = GREETING.repeat(60);
    const cut = Buffer.concat([Buffer.from(long), Buffer.from('好').subarray(0, 2), Buffer.from('。')]);
    expect(pageText(cut, 'text/html; charset=utf-8', 'page')).toBe(`${long}\ufffd。`);
  });
});
