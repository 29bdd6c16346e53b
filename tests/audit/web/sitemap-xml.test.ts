import { describe, expect, it } from 'vitest';
import { MOST_ENTRIES, parseSitemap } from '../../../src/audit/sources/sitemap-xml.ts';

const XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

describe('parseSitemap', () => {
  it('reads pages with their dates, and no pictures', () => {
    const text = `<?xml version="1.0"?><urlset ${XMLNS} xmlns:image="i"><url><loc> https://a.example/?a=1&amp;b=2
      </loc><lastmod>2026-03-01</lastmod><image:image><image:loc>https://a.example/1.png</image:loc></image:image></url>
      <url><loc><![CDATA[https://a.example/b]]></loc></url><url><lastmod>2026-01-01</lastmod></url></urlset>`;
    expect(parseSitemap(text)).toEqual({
      kind: 'pages',
      entries: [
        { address: 'https://a.example/?a=1&b=2', lastModified: '2026-03-01' },
        { address: 'https://a.example/b' },
      ],
      leftOut: 0,
    });
  });

  it('reads an index, with a prefix too', () => {
    const text = '<s:sitemapindex><s:sitemap><s:loc>https://a.example/1.xml</s:loc></s:sitemap></s:sitemapindex>';
    expect(parseSitemap(text)).toMatchObject({ kind: 'index', entries: [{ address: 'https://a.example/1.xml' }] });
  });

  it('reads an address a line', () => {
    expect(parseSitemap('\ufeffhttps://a.example/1\r\n\r\nhttps://a.example/2\n')).toMatchObject({
      kind: 'pages',
      entries: [{ address: 'https://a.example/1' }, { address: 'https://a.example/2' }],
    });
  });

  it.each(['', '<html><p>not found</p></html>', 'just words', '{"a":1}'])('is none: %s', (text) =>
    expect(parseSitemap(text).kind).toBe('none'),
  );

  it('says how many are behind the limit, and what is cut short stays readable', () => {
    const many = '<url><loc>https://a.example/</loc></url>'.repeat(MOST_ENTRIES + 3);
    expect(parseSitemap(`<urlset>${many}`)).toMatchObject({ kind: 'pages', leftOut: 3 });
    expect(parseSitemap('<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a').entries).toHaveLength(
      1,
    );
  });

  it('does not expand entities that a sitemap declares', () => {
    const text = '<!DOCTYPE x [<!ENTITY a "bbbb">]><urlset><url><loc>https://a.example/&a;</loc></url></urlset>';
    expect(parseSitemap(text).entries).toEqual([{ address: 'https://a.example/&a;' }]);
  });
});
