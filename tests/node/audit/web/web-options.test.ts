import { describe, expect, it } from 'vitest';
import { openSources } from '../../../../src/node/audit/open-sources.ts';
import { DEFAULT_WEB_OPTIONS, parseWebFlags, type WebFlags } from '../../../../src/node/audit/web/web-options.ts';

describe('the flags of web sources', () => {
  it('are the defaults where left out', () => {
    expect(parseWebFlags({}, 'out/pages')).toEqual({ ...DEFAULT_WEB_OPTIONS, cacheFolder: 'out/pages' });
  });

  it('are read in seconds and bytes', () => {
    const flags: WebFlags = {
      delay: '0.25',
      concurrency: '4',
      maxPages: '7',
      maxPageBytes: '2048',
      timeout: '1.5',
      allowPrivate: true,
      userAgent: 'shop-audit/1.0 (+https://shop.example/audit)',
      pageCache: 'kept',
    };
    expect(parseWebFlags(flags, null)).toEqual({
      delayMs: 250,
      concurrency: 4,
      maxPages: 7,
      maxPageBytes: 2048,
      timeoutMs: 1500,
      allowPrivate: true,
      userAgent: 'shop-audit/1.0 (+https://shop.example/audit)',
      cacheFolder: 'kept',
    });
  });

  it.each<[WebFlags, string]>([
    [{ delay: '-1' }, '--delay -1: give a number from 0 to 3600'],
    [{ delay: '' }, '--delay'],
    [{ concurrency: '2.5' }, '--concurrency 2.5: give a whole number from 1 to 64'],
    [{ maxPages: '0' }, '--max-pages 0'],
    [{ maxPageBytes: 'all' }, '--max-page-bytes all'],
    [{ timeout: '0' }, '--timeout 0'],
    [{ userAgent: 'a\r\nhost: b' }, '--user-agent'],
    [{ userAgent: '' }, '--user-agent'],
  ])('are refused by name: %j', (flags, message) => {
    expect(() => parseWebFlags(flags, null)).toThrow(message);
  });
});

describe('the name of a web source', () => {
  it.each(['sitemap:shop.xml', 'crawl:shop', 'crawl:file:///etc/passwd', 'https://'])('%s is refused', (name) => {
    expect(() => openSources([name])).toThrow('give an http or https address');
  });

  it('of a list is that of a file', () => {
    expect(() => openSources(['urls:no-such-list.txt'])).toThrow('no-such-list.txt: there is no such file');
  });

  it('is not read before its turn', () => {
    expect(openSources(['https://shop.example/', 'sitemap:https://shop.example/map.xml'])).toBeDefined();
  });
});
