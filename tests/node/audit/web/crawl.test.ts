import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Resolve } from '../../../../src/node/audit/web/address-guard.ts';
import { html, links, redirect, serve, status, text, type Answer } from './loopback.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-web-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sitemap = (...addresses: string[]): string =>
  `<urlset>${addresses.map((address) => `<url><loc>${address}</loc></url>`).join('')}</urlset>`;

describe('a crawl', () => {
  it('reads one site, breadth first, each page once', async () => {
    await using site = await serve({
      '/': html(links('/a', '/b?utm_source=x', '/b', '/b/#top', 'https://elsewhere.example/', '/picture.png')),
      '/a': html(links('/deep', '/')),
      '/b': html(links('/a')),
      '/deep': html('deep'),
      '/picture.png': text('', { 'content-type': 'image/png' }),
    });
    expect(await site.read('crawl', `${site.origin}/`)).toEqual([
      'document /',
      'document /a',
      'document /b',
      'skipped content-type /picture.png',
      'document /deep',
    ]);
    expect(site.paths().toSorted()).toEqual(['/', '/a', '/b', '/deep', '/picture.png', '/robots.txt']);
  });

  it('gives the same order whatever is slow', async () => {
    const slow: Answer = (_, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end(links('/x')), 40);
    };
    await using site = await serve({
      '/': html(links('/slow', '/a', '/b')),
      '/slow': slow,
      '/a': html(links('/y')),
      '/b': html('b'),
      '/x': html('x'),
      '/y': html('y'),
    });
    expect(await site.read('crawl', site.origin, { concurrency: 4 })).toEqual(
      ['/', '/slow', '/a', '/b', '/x', '/y'].map((path) => `document ${path}`),
    );
  });

  it('obeys robots.txt: what is disallowed, the delay, the sitemaps', async () => {
    await using site = await serve({
      '/robots.txt': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'text/plain' })
          .end(
            `User-agent: linesieve\nDisallow: /private/\nAllow: /private/open\nCrawl-delay: 3\n\nUser-agent: *\nDisallow: /\nSitemap: /map.xml\nSitemap: file:///etc/passwd\n`,
          ),
      '/': html(links('/private/a', '/private/open', '/c')),
      '/private/open': html('open'),
      '/c': html('c'),
      '/map.xml': (request, response) => response.end(sitemap(`http://${request.headers.host}/only-in-map`)),
      '/only-in-map': html('mapped'),
    });
    // One at a time, so that the clock stands still between the start of a request and its arrival.
    const items = await site.read('crawl', site.origin, { concurrency: 1 });
    expect(items.toSorted()).toEqual([
      'document /',
      'document /c',
      'document /only-in-map',
      'document /private/open',
      'error scheme file:///etc/passwd',
      'skipped robots /private/a',
    ]);
    expect(site.paths()[0]).toBe('/robots.txt');
    expect(site.paths()).not.toContain('/private/a');
    const times = site.asked.map(({ at }) => at);
    const gaps = times.slice(1).map((at, i) => at - times[i]);
    // The first gap is that behind robots.txt itself, which could not know yet.
    expect(gaps).toEqual([500, 3000, 3000, 3000, 3000]);
  });

  it('takes a missing robots.txt for consent and a broken one for none', async () => {
    await using missing = await serve({ '/robots.txt': status(403), '/': html('a') });
    expect(await missing.read('crawl', missing.origin)).toEqual(['document /']);
    await using broken = await serve({ '/robots.txt': status(500), '/': html('a') });
    expect(await broken.read('crawl', broken.origin)).toEqual(['error robots-unreadable /']);
    expect(broken.paths()).toEqual(['/robots.txt', '/robots.txt', '/robots.txt']);
    await using endless = await serve({ '/robots.txt': text('User-agent: *\nCrawl-delay: 86400'), '/': html('a') });
    expect(await endless.read('crawl', endless.origin)).toEqual(['skipped robots /']);
    await using silent = await serve({ '/robots.txt': () => undefined, '/': html('a') });
    expect(await silent.read('crawl', silent.origin, { timeoutMs: 100 })).toEqual(['error timeout /']);
  });

  it('reads the canonical page in the place of its copies, and the copies where there is none', async () => {
    const names = (canonical: string): Answer => html(`<link rel="canonical" href="${canonical}">`);
    await using site = await serve({
      '/': html(links('/copy', '/lost', '/one', '/foreign', '/chain', '/early', '/late')),
      '/copy': names('/real'),
      '/real': html('real'),
      '/lost': names('/gone'),
      '/one': names('/two'),
      '/two': names('/one'),
      '/foreign': names('https://elsewhere.example/'),
      '/chain': names('/copy'),
      '/early': names('/late'),
      '/late': names('/final'),
      '/final': html('final'),
    });
    expect((await site.read('crawl', site.origin)).toSorted()).toEqual([
      'document /',
      'document /chain',
      'document /foreign',
      'document /late',
      'document /lost',
      'document /real',
      'document /two',
      'skipped canonical /copy',
      'skipped canonical /early',
      'skipped canonical /lost',
      'skipped canonical /one',
      'skipped status /gone',
    ]);
  });

  it('follows redirects of the site and reports those that leave it', async () => {
    await using site = await serve({
      '/': html(links('/old', '/new', '/older', '/away', '/file')),
      '/older': redirect('/old', 308),
      '/old': redirect('/new', 301),
      '/new': html('new'),
      '/away': redirect('https://elsewhere.example/'),
      '/file': redirect('file:///etc/passwd'),
    });
    expect(await site.read('crawl', site.origin)).toEqual([
      'document /',
      'document /new',
      'skipped duplicate /older',
      'skipped off-site /away',
      'error scheme /file',
    ]);
  });

  it('takes the host with and without www for one site', async () => {
    const home: Answer = ({ headers: { host = '' } }, response) => {
      const [, port] = host.split(':');
      if (host.startsWith('www.')) redirect(`http://linesieve.dev:${port}/`)({} as never, response);
      else
        html(links(`http://www.linesieve.dev:${port}/`, '/b', `http://other.linesieve.dev:${port}/`))(
          {} as never,
          response,
        );
    };
    await using site = await serve({ '/': home, '/b': html('b') });
    const { port } = new URL(site.origin);
    const resolve: Resolve = (_, __, found) => found(null, [{ address: '127.0.0.1', family: 4 }]);
    expect(await site.read('crawl', `http://www.linesieve.dev:${port}/`, {}, { resolve })).toEqual([
      `document http://linesieve.dev:${port}/`,
      `document http://linesieve.dev:${port}/b`,
    ]);
  });

  it('stops at --max-pages and says so', async () => {
    await using site = await serve({
      '/': html(links(...Array.from({ length: 50 }, (_, i) => `/${i}`))),
      '/0': html(''),
      '/1': html(''),
    });
    expect(await site.read('crawl', site.origin, { maxPages: 3 })).toEqual([
      'document /',
      'document /0',
      'document /1',
      'skipped max-pages max-pages',
    ]);
  });

  it('ends when it is interrupted', async () => {
    await using site = await serve({ '/': () => undefined, '/robots.txt': text('') });
    const interrupt = new AbortController();
    const { webSource } = await import('../../../../src/node/audit/web/web-sources.ts');
    const { DEFAULT_WEB_OPTIONS } = await import('../../../../src/node/audit/web/web-options.ts');
    const options = { ...DEFAULT_WEB_OPTIONS, allowPrivate: true, delayMs: 0 };
    const source = webSource('crawl', site.origin, { options, signal: interrupt.signal });
    const items: unknown[] = [];
    const reading = (async () => {
      for await (const item of source) items.push(item);
    })();
    while (!site.paths().includes('/')) await new Promise((resolve) => setTimeout(resolve, 5));
    interrupt.abort();
    await reading;
    expect(items).toEqual([]);
  });
});

describe('a page that was read before', () => {
  const etag: Answer = (request, response) => {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'text/html', etag: '"v1"' }).end(links('/b'));
  };
  const dated: Answer = (request, response) => {
    const date = 'Sun, 01 Mar 2026 10:00:00 GMT';
    if (request.headers['if-modified-since'] === date) response.writeHead(304).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=gbk', 'last-modified': date })
        .end(Buffer.from([0xc4, 0xe3, 0xba, 0xc3]));
  };

  it('is asked for conditionally, and is the same document with the same links', async () => {
    await using site = await serve({ '/': etag, '/b': dated });
    const first = await site.read('crawl', site.origin, { cacheFolder: folder });
    expect(first).toEqual(['document /', 'document /b']);
    expect(await site.read('crawl', site.origin, { cacheFolder: folder })).toEqual(first);
    const again = site.asked.slice(3);
    expect(again.map(({ headers }) => headers['if-none-match'] ?? headers['if-modified-since'] ?? '-')).toEqual([
      '-',
      '"v1"',
      'Sun, 01 Mar 2026 10:00:00 GMT',
    ]);
  });

  it('is asked for anew where what was kept is damaged', async () => {
    await using site = await serve({ '/': etag, '/b': dated });
    await site.read('crawl', site.origin, { cacheFolder: folder });
    for (const name of readdirSync(folder)) if (name.endsWith('.gz')) writeFileSync(join(folder, name), 'broken');
    const index = join(folder, 'pages.ndjson');
    writeFileSync(index, readFileSync(index, 'utf8').slice(0, -20));
    expect(await site.read('crawl', site.origin, { cacheFolder: folder })).toEqual(['document /', 'document /b']);
    const conditional = () => site.asked.filter(({ headers }) => headers['if-none-match'] !== undefined);
    expect(conditional()).toEqual([]);
    await site.read('crawl', site.origin, { cacheFolder: folder });
    expect(conditional()).toHaveLength(1);
  });
});
