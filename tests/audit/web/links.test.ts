import { describe, expect, it } from 'vitest';
import { linksOf, pageAddress, pageKey } from '../../../src/audit/sources/links.ts';

const PAGE = 'https://shop.example/blog/post.html';

describe('pageAddress', () => {
  it.each([
    ['next.html', 'https://shop.example/blog/next.html'],
    ['/a?utm_source=x&id=3&fbclid=y#top', 'https://shop.example/a?id=3'],
    ['//other.example/a', 'https://other.example/a'],
    ['https://user:secret@shop.example/a', 'https://shop.example/a'],
    ['/a;jsessionid=0A1B?sid=9', 'https://shop.example/a'],
    ['/a?q=utm_source', 'https://shop.example/a?q=utm_source'],
    ['../../../../a', 'https://shop.example/a'],
    ['/中文', 'https://shop.example/%E4%B8%AD%E6%96%87'],
  ])('%s', (reference, address) => expect(pageAddress(reference, PAGE)).toBe(address));

  it.each(['mailto:a@b.example', 'javascript:void 0', 'file:///etc/passwd', 'http://', `/${'a/'.repeat(2000)}`])(
    'is none for %s',
    (reference) => expect(pageAddress(reference, PAGE)).toBeNull(),
  );
});

describe('pageKey', () => {
  it.each([
    ['https://shop.example/a/', 'http://www.shop.example/a'],
    ['https://shop.example/', 'https://shop.example/index.html'],
    ['https://shop.example/a/index.php?b=2&a=1', 'https://shop.example/a?a=1&b=2'],
  ])('%s is %s', (a, b) => expect(pageKey(a)).toBe(pageKey(b)));

  it.each([
    ['https://shop.example/a', 'https://shop.example/A'],
    ['https://shop.example/a', 'https://shop.example/a?page=2'],
    ['https://shop.example/a', 'https://shop.example:8443/a'],
    ['https://shop.example/?q=%C4%E3', 'https://shop.example/?q=%BA%C3'],
  ])('%s is not %s', (a, b) => expect(pageKey(a)).not.toBe(pageKey(b)));
});

describe('linksOf', () => {
  it('takes links, frames, refreshes and the pages before and after, each once', () => {
    const html = `<base href="/deep/"><a href="a.html">1</a><a rel="nofollow" href='a.html#x'>2</a><area href="b.html">
      <iframe src="frame.html"></iframe><link rel="next" href="2.html"><link rel="stylesheet" href="x.css">
      <link rel="alternate" type="application/rss+xml" href="feed"><link rel="alternate" hreflang="id" href="/id/">
      <meta http-equiv="refresh" content="3; URL='soon.html'"><meta name="robots" content="noindex,nofollow"><a href="#top">t</a>`;
    expect(linksOf(html, PAGE)).toEqual({
      pages: ['deep/a.html', 'deep/b.html', 'deep/frame.html', 'deep/2.html', 'id/', 'deep/soon.html'].map(
        (path) => `https://shop.example/${path}`,
      ),
      foreign: [],
      canonical: null,
    });
  });

  it('names what is no web page, but not what is harmless', () => {
    const html = '<a href="file:///etc/passwd">a</a><a href="ftp://x/y">b</a><a href="mailto:x@y.example">c</a>';
    expect(linksOf(html, PAGE).foreign).toEqual(['file:///etc/passwd', 'ftp://x/y']);
  });

  it('knows the canonical address, unless a page names itself', () => {
    const canonical = (href: string) => linksOf(`<link rel="canonical" href="${href}">`, PAGE).canonical;
    expect(canonical('/blog/other.html?utm_medium=x')).toBe('https://shop.example/blog/other.html');
    expect(canonical('post.html#part')).toBeNull();
    expect(canonical('javascript:0')).toBeNull();
  });

  it('ends on a page of links without end', () => {
    const html = Array.from({ length: 20_000 }, (_, i) => `<a href="/${i}">`).join('');
    expect(linksOf(html, PAGE).pages).toHaveLength(5000);
  });
});
