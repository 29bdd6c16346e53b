import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { html, links, serve, text, type Answer } from './loopback.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-web-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const xml = (body: string): Answer => text(body, { 'content-type': 'application/xml' });
const sitemap = (...addresses: string[]): string =>
  `<urlset>${addresses.map((address) => `<url><loc>${address}</loc></url>`).join('')}</urlset>`;

describe('a sitemap', () => {
  it('is read with those that it names, gzipped too, each once', async () => {
    const index: Answer = ({ headers: { host } }, response) =>
      response.end(
        `<sitemapindex>${['map.xml.gz', 'index.xml', 'none.xml', 'page.html']
          .map((name) => `<sitemap><loc>http://${host}/${name}</loc></sitemap>`)
          .join('')}</sitemapindex>`,
      );
    await using site = await serve({
      '/index.xml': index,
      '/map.xml.gz': ({ headers: { host } }, response) =>
        response.end(
          gzipSync(sitemap(`http://${host}/a`, `http://${host}/a/`, `http://${host}/b`, 'https://elsewhere.example/')),
        ),
      '/page.html': html('<p>no sitemap'),
      '/a': html(links('/not-followed')),
      '/b': html('b'),
    });
    expect(await site.read('sitemap', `${site.origin}/index.xml`)).toEqual([
      'skipped off-site off-site',
      'skipped duplicate duplicate',
      'skipped status /none.xml',
      'error no-sitemap /page.html',
      'document /a',
      'document /b',
    ]);
  });

  it('is not followed without end', async () => {
    const deeper: Answer = ({ url, headers: { host } }, response) =>
      response.end(`<sitemapindex><sitemap><loc>http://${host}${url}x</loc></sitemap></sitemapindex>`);
    const names = Array.from({ length: 9 }, (_, i) => `/s${'x'.repeat(i)}`);
    await using site = await serve(Object.fromEntries(names.map((name) => [name, deeper])));
    expect(await site.read('sitemap', `${site.origin}/s`)).toEqual(['skipped sitemap-depth sitemap-depth']);
    expect(site.paths()).toEqual(['/robots.txt', '/s', '/sx', '/sxx']);
  });

  it('that inflates beyond its limit is reported', async () => {
    await using site = await serve({
      '/map.xml.gz': text(gzipSync(Buffer.alloc(60 * 1024 * 1024, 32))),
      '/empty.xml': xml('<urlset/>'),
    });
    expect(await site.read('sitemap', `${site.origin}/map.xml.gz`)).toEqual(['error too-large /map.xml.gz']);
    expect(await site.read('sitemap', `${site.origin}/empty.xml`)).toEqual([]);
  });
});

describe('a list of addresses', () => {
  it('is read line by line; what is no address is named', async () => {
    await using site = await serve({ '/a': html(links('/not-followed')), '/b': html('b') });
    const list = join(folder, 'urls.txt');
    writeFileSync(
      list,
      `\ufeff# pages\n${site.origin}/a\n\n  ${site.origin}/b#x \nnot an address\nfile:///etc/passwd\n${site.origin}/a/`,
    );
    expect((await site.read('urls', list)).toSorted()).toEqual([
      'document /a',
      'document /b',
      'error bad-address line 5',
      'error bad-address line 6',
    ]);
  });
});
