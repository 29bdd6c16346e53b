import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSources, type SourceOptions } from '../../../../src/node/audit/open-sources.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-sources-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Entry, field, type and content of documents; the code of notices. */
async function read(names: readonly string[], options?: SourceOptions): Promise<string[]> {
  const seen: string[] = [];
  for await (const item of openSources(names, options)) {
    const { source, entry, field } = item.place;
    const name = entry === undefined ? relative(folder, source) : `${entry}${field === undefined ? '' : ` ${field}`}`;
    if (item.kind !== 'document') seen.push(`${item.kind} ${item.code} ${name}`);
    else {
      const text = typeof item.content === 'string' ? item.content : new TextDecoder().decode(item.content);
      seen.push(`${name} ${item.contentType}: ${text}`);
    }
  }
  return seen;
}

describe('folders and globs', () => {
  it('reads nested text, HTML and Markdown, zipped too, and passes other files over', async () => {
    mkdirSync(at('b', 'c'), { recursive: true });
    writeFileSync(at('a.txt'), 'text');
    writeFileSync(at('b', 'c', 'd.md.gz'), gzipSync('# md'));
    writeFileSync(at('b', 'e.HTML'), '<p>x');
    writeFileSync(at('b', 'f.png'), 'no');
    const all = ['a.txt text/plain: text', 'b/c/d.md.gz text/markdown: # md', 'b/e.HTML text/html: <p>x'];
    expect(await read([folder])).toEqual(all);
    expect(await read([at('b', '*.HTML')])).toEqual(all.slice(2));
  });

  it('reads once what is named twice', async () => {
    writeFileSync(at('a.txt'), 'a');
    writeFileSync(at('b.ndjson'), '{"text":"b"}');
    const names = [at('b.ndjson'), folder, at('.', 'a.txt'), `ndjson:${at('b.ndjson')}`, at('*.txt')];
    expect(await read(names)).toEqual(['1 /text text/plain: b', 'a.txt text/plain: a']);
  });

  it('follows symbolic links, but not in circles', async () => {
    mkdirSync(at('a'));
    mkdirSync(at('outside'));
    writeFileSync(at('a', 'x.txt'), 'x');
    writeFileSync(at('outside', 'y.txt'), 'y');
    symlinkSync(at('a'), at('a', 'loop'));
    symlinkSync('self', at('a', 'self'));
    symlinkSync(at('outside'), at('a', 'link'));
    expect(await read([at('a')])).toEqual(['a/link/y.txt text/plain: y', 'a/x.txt text/plain: x']);
  });

  it('reports a file that cannot be read, and a gzip file that ends too early, and goes on', async () => {
    symlinkSync(at('nowhere'), at('a.txt'));
    const whole = gzipSync('{"text":"one"}\n'.repeat(9));
    writeFileSync(at('b.txt.gz'), whole.subarray(0, whole.length - 9));
    writeFileSync(at('c.ndjson.gz'), whole.subarray(0, whole.length - 9));
    writeFileSync(at('d.txt'), 'd');
    writeFileSync(at('e.md'), 'e');
    const seen = await read([at('?.txt*'), at('c.ndjson.gz'), at('e.md')]);
    expect(seen.slice(0, 3)).toEqual(['error unreadable a.txt', 'error unreadable b.txt.gz', 'd.txt text/plain: d']);
    expect(seen.at(-2)).toBe('error broken-source c.ndjson.gz');
    expect(seen.at(-1)).toBe('e.md text/markdown: e');
  });
});

describe('SQLite', () => {
  const make = (sql: string): string => {
    const database = new DatabaseSync(at('site.db'));
    database.exec(sql);
    database.close();
    return at('site.db');
  };

  it('knows the tables of WordPress and of Ghost', async () => {
    const path = make(`
      CREATE TABLE wp_posts (ID INTEGER PRIMARY KEY, post_title TEXT, post_content TEXT, post_excerpt TEXT,
        post_status TEXT, post_type TEXT, post_modified TEXT);
      INSERT INTO wp_posts VALUES (4, 'T', '<p>b</p>', '', 'publish', 'post', ''), (5, 'R', '', '', 'inherit', 'revision', '');
      CREATE TABLE posts (id TEXT, title TEXT, html TEXT, plaintext TEXT, custom_excerpt TEXT);
      INSERT INTO posts VALUES ('g', 'Ghost', '<p>g</p>', 'g', NULL)`);
    expect(await read([path])).toEqual([
      'posts/rowid=1 title text/plain: Ghost',
      'posts/rowid=1 html text/html: <p>g</p>',
      'wp_posts/rowid=4 post_title text/plain: T',
      'wp_posts/rowid=4 post_content text/html: <p>b</p>',
      'skipped not-shown wp_posts/rowid=5',
    ]);
  });

  it('reads the columns that are named, also of a table without rowid', async () => {
    const path = make(`
      CREATE TABLE "odd ""one" (k TEXT PRIMARY KEY, a TEXT, b TEXT) WITHOUT ROWID;
      INSERT INTO "odd ""one" VALUES ('z=/1', 'x', NULL), ('y', '  ', 'b')`);
    expect(await read([`sqlite:${path}`], { text: ['a', 'b'], table: 'odd "one' })).toEqual([
      'odd "one/k=y b text/plain: b',
      'odd "one/k=z=/1 a text/plain: x',
    ]);
  });

  it.each([
    [{ text: [], table: 'none' }, /no table none; it has notes/],
    [{ text: [] }, /no table of WordPress or Ghost; name one by --table/],
    [{ text: [], table: 'notes' }, /name its text by --column; it has id, body/],
    [{ text: ['bodi'], table: 'notes' }, /no column bodi; it has id, body/],
  ])('says before reading what is wrong with %j', (options, message) => {
    const path = make('CREATE TABLE notes (id, body)');
    expect(() => openSources([path], options)).toThrow(message);
  });

  it('refuses a file that is no database', () => {
    writeFileSync(at('site.db'), 'no database, but long enough to be looked at by SQLite as if it were one');
    expect(() => openSources([at('site.db')])).toThrow(/SQLite cannot read it/);
  });
});

describe("Strapi's export", () => {
  const rows = [
    { type: 'api::article.article', id: 1, data: { title: 'T', slug: 's', body: '<p>b</p>' } },
    { type: 'default.seo', id: 1, data: { text: 'c' } },
    { type: 'admin::user', id: 1, data: { firstname: 'no' } },
  ];
  const tar = async (): Promise<Buffer> => {
    const archive = pack();
    archive.entry({ name: 'metadata.json' }, '{}');
    archive.entry({ name: 'entities/entities_00001.jsonl' }, rows.map((row) => JSON.stringify(row)).join('\n'));
    archive.finalize();
    return Buffer.concat(await Array.fromAsync(archive as AsyncIterable<Buffer>));
  };
  const wanted = [
    'api::article.article 1 /data/title text/plain: T',
    'api::article.article 1 /data/body text/html: <p>b</p>',
    'default.seo 1 /data/text text/plain: c',
  ];

  it('is read from its archive, zipped or not', async () => {
    writeFileSync(at('a.tar'), await tar());
    writeFileSync(at('a.tar.gz'), gzipSync(await tar()));
    expect(await read([`strapi:${at('a.tar')}`])).toEqual(wanted);
    expect(await read([`strapi:${at('a.tar.gz')}`])).toEqual(wanted);
  });

  it('reports an archive that is none or ends too early', async () => {
    writeFileSync(at('a.tar'), Buffer.alloc(2048, 120));
    const zipped = gzipSync(await tar());
    writeFileSync(at('b.tar.gz'), zipped.subarray(0, zipped.length / 2));
    const seen = await read([`strapi:${at('a.tar')}`, `strapi:${at('b.tar.gz')}`]);
    expect(seen.filter((line) => line.startsWith('error broken-archive'))).toHaveLength(2);
  });
});
