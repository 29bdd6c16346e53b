import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PageCache } from '../../../../src/node/audit/web/page-cache.ts';

const URL_A = 'https://shop.example/a';
const BODY = Buffer.from('<p>a page</p>');
const PAGE = { url: URL_A, contentType: 'text/html', etag: '"1"' };
let folder = '';
const index = (): string => join(folder, 'pages.ndjson');

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-pages-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the pages that are kept', () => {
  it('are there in a later run, the last visit counts', () => {
    const cache = new PageCache(folder);
    cache.put(PAGE, Buffer.from('old'));
    cache.put({ ...PAGE, etag: '"2"' }, BODY);
    const later = new PageCache(folder);
    const page = later.get(URL_A);
    expect(page).toMatchObject({ etag: '"2"', contentType: 'text/html' });
    expect(page && later.bodyOf(page, 1000)).toEqual(BODY);
    expect(page && later.bodyOf(page, 5)).toBeNull();
  });

  it('are those that can be asked for conditionally', () => {
    const cache = new PageCache(folder);
    cache.put({ url: URL_A, contentType: null }, BODY);
    expect(cache.get(URL_A)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('outlive an index that was cut short', () => {
    new PageCache(folder).put(PAGE, BODY);
    writeFileSync(index(), readFileSync(index(), 'utf8').slice(0, -20));
    const cut = new PageCache(folder);
    expect(cut.get(URL_A)).toBeNull();
    cut.put(PAGE, BODY);
    expect(new PageCache(folder).get(URL_A)).toMatchObject(PAGE);
  });

  it('give no body that is not the one that was kept', () => {
    const cache = new PageCache(folder);
    cache.put(PAGE, BODY);
    const name = readdirSync(folder).find((each) => each.endsWith('.gz')) ?? '';
    writeFileSync(join(folder, name), gzipSync('another page'));
    const page = cache.get(URL_A);
    expect(page && cache.bodyOf(page, 1000)).toBeNull();
    cache.put(PAGE, BODY);
    expect(page && cache.bodyOf(page, 1000)).toEqual(BODY);
  });
});
