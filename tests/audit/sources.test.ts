import { describe, expect, it } from 'vitest';
import type { ByteStream, SourceItem } from '../../src/audit/source.ts';
import { ghostSource, strapiSource } from '../../src/audit/sources/cms-json.ts';
import { mysqldumpSource } from '../../src/audit/sources/mysqldump.ts';
import { ndjsonItems, ndjsonSource } from '../../src/audit/sources/ndjson.ts';
import { warcSource } from '../../src/audit/sources/warc.ts';
import { wxrSource } from '../../src/audit/sources/wxr.ts';

/** The bytes of a text in chunks of a size that cuts words, escapes and characters in two. */
async function* cut(text: string | Uint8Array, size = 7): ByteStream & AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

async function contents(source: AsyncIterable<SourceItem>): Promise<string[]> {
  const seen: string[] = [];
  for await (const item of source) {
    if (item.kind !== 'document') seen.push(`${item.kind} ${item.code}`);
    else {
      const text = typeof item.content === 'string' ? item.content : new TextDecoder().decode(item.content);
      seen.push(`${item.place.entry}${item.place.field ?? ''} ${item.contentType} ${text}`);
    }
  }
  return seen;
}

const record = (name: string, length?: number): string => {
  const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>${name}</p>`;
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/${name}\r\nContent-Type: application/http; msgtype=response`;
  return `${head}\r\nContent-Length: ${length ?? http.length}\r\n\r\n${http}\r\n\r\n`;
};
const gzip = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer(),
  );
const page = (name: string): string => `http://a.example/${name}byte`;

describe('sources', () => {
  it('reads NDJSON and reports bad rows', async () => {
    const rows =
      '{"id":"a","text":"一 two"}\n\nno\n{"text":3}\n{"text":"x","contentType":"text/html"}\n{"text":"x","contentType":"a/b"}';
    expect(await contents(ndjsonSource('s', cut(rows)))).toEqual([
      '1/text text/plain 一 two',
      'error invalid-json',
      'error invalid-row',
      '5/text text/html x',
      'error invalid-row',
    ]);
  });

  it('reads NDJSON with a mark at its start, and characters that chunks cut, whole or in part', async () => {
    const rows = ['\ufeff{"text":"一二𠀀三\ufeff"}', '{"text":"四五六七八九十"}\r', ''].join('\n');
    const bytes = new TextEncoder().encode(rows);
    const all = await contents(ndjsonSource('s', cut(rows, 1000)));
    expect(all).toEqual(['1/text text/plain 一二𠀀三\ufeff', '2/text text/plain 四五六七八九十']);
    for (const size of [1, 2, 3, 5]) expect(await contents(ndjsonSource('s', cut(rows, size)))).toEqual(all);
    expect([...ndjsonItems('s', bytes, 7)].map(({ place }) => place.entry)).toEqual(['8', '9']);
  });

  it('reads the posts of a mysqldump, by its own columns, escapes undone', async () => {
    const dump = [
      "-- it's a comment\n/*!40101 SET NAMES 'utf8mb4' */;\nCREATE TABLE `blog_posts` (\n `ID` bigint(20) NOT NULL,",
      ' `post_title` text, `post_content` longtext, `post_excerpt` text, `post_status` varchar(20),',
      " `post_type` varchar(20) DEFAULT 'post', `post_modified` datetime, PRIMARY KEY (`ID`), KEY `t` (`post_type`));",
      "INSERT INTO `blog_options` VALUES (1,'(''a'');');",
      "INSERT INTO `blog_posts` VALUES (1,'T','<p>it\\'s ''so''\\n一</p>',NULL,'publish','post','2026-01-02 03:04:05'),",
      "(2,'R','old','','inherit','revision','0000-00-00 00:00:00'),(3,_binary 'B','','x','publish','page','');",
      "INSERT INTO `blog_posts` VALUES (4,'short');",
    ].join('\n');
    expect(await contents(mysqldumpSource('s', cut(dump)))).toEqual([
      '1post_title text/plain T',
      "1post_content text/html <p>it's 'so'\n一</p>",
      'skipped not-shown',
      '3post_title text/plain B',
      '3post_excerpt text/html x',
      'error invalid-row',
    ]);
    expect(await contents(mysqldumpSource('s', cut('SELECT 1;')))).toEqual(['error no-posts']);
  });

  it('reads a WordPress export', async () => {
    const xml =
      '<rss><channel><title>Site</title><item><title>A &amp; B</title><content:encoded><![CDATA[<p>body</p>]]></content:encoded>' +
      '<wp:post_id>7</wp:post_id><wp:status><![CDATA[publish]]></wp:status><wp:post_type>post</wp:post_type></item>' +
      '<item><title>x</title><wp:post_id>8</wp:post_id><wp:status>trash</wp:status></item></channel></rss>';
    expect(await contents(wxrSource('s', cut(xml)))).toEqual([
      '7post_title text/plain A & B',
      '7post_content text/html <p>body</p>',
      'skipped not-shown',
    ]);
  });

  it('reads Ghost and Strapi exports, with the field as a JSON pointer', async () => {
    const ghost = { db: [{ data: { tags: [{ id: 9 }], posts: [{ id: 1, title: 'a "]}"', html: '<p>b</p>' }] } }] };
    expect(await contents(ghostSource('s', cut(JSON.stringify(ghost))))).toEqual([
      '1/title text/plain a "]}"',
      '1/html text/html <p>b</p>',
    ]);
    const strapi = { data: [{ id: 2, attributes: { slug: 'no', body: 'yes', 'a/b': [{ text: 'in' }] } }] };
    expect(await contents(strapiSource('s', cut(JSON.stringify(strapi))))).toEqual([
      '2/attributes/body text/plain yes',
      '2/attributes/a~1b/0/text text/plain in',
    ]);
    expect(await contents(ghostSource('s', cut('{}')))).toEqual(['error no-entries']);
  });

  it('reads WARC, and goes on behind a broken record', async () => {
    const broken = (await gzip(record('two'))).fill(255, 40, 60);
    const members = [await gzip(record('one')), broken, await gzip(record('three'))];
    const bytes = new Uint8Array(await new Blob(members as BlobPart[]).arrayBuffer());
    const read = await contents(warcSource('s', (offset) => cut(bytes.subarray(offset), 100)));
    expect(read[0]).toContain(page('one'));
    expect(read.filter((line) => line === 'error broken-record').length).toBeGreaterThan(0);
    expect(read.at(-1)).toContain(page('three'));
  });

  it.each([
    ['ends inside a record', async () => record('one') + record('two').slice(0, -10), ['one', null]],
    ['ends inside a head', async () => record('one') + record('two').slice(0, 60), ['one', null]],
    ['has a record that says it is longer', async () => record('one', 99_999) + record('two'), [null, 'two']],
    [
      'ends inside a member',
      async () => [await gzip(record('one')), (await gzip(record('two'))).slice(0, -20)],
      ['one', null],
    ],
    ['is no archive', async () => 'The library opens at nine.', [null]],
    ['is no archive, but gzip', async () => [await gzip('The library opens at nine.')], [null]],
  ])('says so of a WARC file that %s', async (_, make, expected) => {
    const made = await make();
    const bytes = new Uint8Array(await new Blob([made].flat() as BlobPart[]).arrayBuffer());
    const read = await contents(warcSource('s', (offset) => cut(bytes.subarray(offset), 100)));
    const found = read.map((line) => ['one', 'two'].find((name) => line.includes(page(name))) ?? line);
    expect(found).toEqual(expected.map((name) => name ?? 'error broken-record'));
  });
});
