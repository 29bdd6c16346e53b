import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removalsOf } from '../../../src/audit/patch.ts';
import { decodeBytes } from '../../../src/node/charset.ts';
import { loadBaseSieve } from '../../../src/node/base-sieve.ts';
import { judgedIn } from '../../../src/node/audit/judged.ts';
import { builtinRules } from '../../../src/index.ts';
import { auditFix, type FixFlags } from '../../../src/node/commands/audit-fix.ts';
import { auditCommand } from '../../../src/node/commands/audit.ts';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const HONEST = '会议强调，要加强值守，确保安全。';
const BODY = `${HONEST}\n${SPAM}\n${HONEST}`;
const RULE = builtinRules.rules[0].id;
const sieve = await loadBaseSieve();
let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const quiet = { threads: '1', progress: 'none' as const };
const latin1 = (path: string): string => readFileSync(path, 'latin1');

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-fix-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** GBK for the characters of the samples: looked up by decoding every two-byte code once. */
function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return Buffer.from([...text].flatMap((each) => (each < '\u0080' ? [each.charCodeAt(0)] : codes.get(each)!)));
}

function database(path: string): void {
  const file = new DatabaseSync(path);
  file.exec('CREATE TABLE notes (id TEXT, body TEXT); CREATE TABLE other (a)');
  file.prepare('INSERT INTO notes VALUES (?, ?), (?, ?)').run('n1', HONEST, 'n2', BODY);
  file.close();
}

/** A source whose every byte but the spam is to stay: what is written, and how it is named for the audit. */
interface Case {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Buffer;
  readonly argument?: (path: string) => string;
}

const html = `<!doctype html><meta charset="gbk"><p>${HONEST}</p>\r\n<div>${SPAM}</div>\r\n<p>${HONEST.repeat(9)}</p>`;
const cases: readonly Case[] = [
  { kind: 'UTF-8 with a mark', name: 'a.txt', bytes: Buffer.from(`\ufeff😀${HONEST}\r\n${SPAM}\r\n😁${HONEST}`) },
  { kind: 'GBK', name: 'a.html', bytes: gbk(html) },
  { kind: 'UTF-16', name: 'u.txt', bytes: Buffer.from(`\ufeff${BODY}😀`, 'utf16le') },
  { kind: 'gzip', name: 'a.txt.gz', bytes: gzipSync(BODY) },
  {
    kind: 'NDJSON',
    name: 'rows.ndjson',
    bytes: Buffer.from(
      `{"id":1,"text":"${HONEST}"}\r\n\n{ "text" : "\\u4f1a\\ud83d\\ude00${BODY.replaceAll('\n', '\\n')}\\/", "x":{"text":"kept"} }\n`,
    ),
  },
  { kind: 'zipped NDJSON', name: 'rows.jsonl.gz', bytes: gzipSync(`${JSON.stringify({ id: 1, text: BODY })}\n`) },
  {
    kind: 'CSV',
    name: 'rows.csv',
    bytes: Buffer.from(`\ufeffid,text,"ti""tle"\r\n1,"a ""b"", ${BODY}",t\r\n2,${HONEST},\r\n3,"${BODY}",end`),
  },
];

describe('linesieve audit fix', () => {
  it.each(cases)('takes spam out of $kind, leaves nothing, and puts it back byte for byte', async ({ name, bytes }) => {
    writeFileSync(at(name), bytes);
    expect(await auditCommand([at(name)], { ...quiet, out: at('out') })).toBe(1);
    expect(await auditFix(at('out'), {}, sieve)).toBe(0);
    expect(readFileSync(at(name)).equals(bytes)).toBe(true);
    expect(existsSync(at('out', 'patch.ndjson'))).toBe(false);

    expect(await auditFix(at('out'), { write: true }, sieve)).toBe(0);
    expect(readFileSync(at(name)).equals(bytes)).toBe(false);
    expect(await auditCommand([at(name)], { ...quiet, out: at('again') })).toBe(0);
    const plain = (each: Buffer): Buffer => (name.endsWith('.gz') ? gunzipSync(each) : each);
    const fixed = plain(readFileSync(at(name)));
    expect(() => removalsOf(plain(bytes).toString('latin1'), fixed.toString('latin1'))).not.toThrow();
    const [before, after] = [plain(bytes), fixed].map((each) => decodeBytes(each, name));
    expect(after.encoding).toBe(before.encoding);
    expect(after.text.split(HONEST)).toHaveLength(before.text.split(HONEST).length);
    expect(after.text).not.toContain('国产');

    expect(await auditFix(at('out'), { undo: true }, sieve)).toBe(0);
    expect(readFileSync(at(name)).equals(bytes)).toBe(true);
  });

  it('leaves every byte of the honest parts of a file', async () => {
    const [head, tail] = [`{ "text" : "\\u4f1a\\ud83d\\ude00${HONEST}\\n`, `${HONEST}\\/", "x":{"text":"kept"} }\r\n`];
    writeFileSync(at('rows.ndjson'), `${head}${SPAM}\\n${tail}`);
    await auditCommand([at('rows.ndjson')], { ...quiet, out: at('out') });
    await auditFix(at('out'), { write: true }, sieve);
    expect([`${head}${tail}`, `${head}\\n${tail}`]).toContain(readFileSync(at('rows.ndjson'), 'utf8'));
    expect(readFileSync(at('rows.ndjson'), 'utf8')).not.toContain('国产');
  });

  it('updates the cells of a database and takes that back', async () => {
    database(at('site.db'));
    const was = latin1(at('site.db'));
    const flags = { ...quiet, table: 'notes', column: ['body'] };
    expect(await auditCommand([`sqlite:${at('site.db')}`], { ...flags, out: at('out') })).toBe(1);
    expect(await auditFix(at('out'), {}, sieve)).toBe(0);
    expect(latin1(at('site.db'))).toBe(was);
    expect(await auditFix(at('out'), { write: true }, sieve)).toBe(0);
    expect(await auditCommand([`sqlite:${at('site.db')}`], { ...flags, out: at('again') })).toBe(0);
    const file = new DatabaseSync(at('site.db'));
    const bodies = file.prepare('SELECT body FROM notes ORDER BY id').all();
    file.close();
    expect(bodies[0].body).toBe(HONEST);
    expect(String(bodies[1].body).replace(/\n+/g, '\n')).toBe(`${HONEST}\n${HONEST}`);
    expect(await auditFix(at('out'), { undo: true }, sieve)).toBe(0);
    expect(latin1(at('site.db'))).toBe(was);
  });

  it('leaves what has changed since, and names it', async () => {
    writeFileSync(at('b.txt'), BODY);
    writeFileSync(at('rows.ndjson'), `${JSON.stringify({ text: BODY })}\n`);
    writeFileSync(at('rows.csv'), `text\n"${BODY}"\n`);
    const sources = ['b.txt', 'rows.ndjson', 'rows.csv'].map((name) => at(name));
    await auditCommand(sources, { ...quiet, out: at('out') });
    for (const path of sources) writeFileSync(path, readFileSync(path, 'utf8').replace(HONEST, 'x'));
    const told: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => told.push(String(text)) > 0);
    const changed = sources.map((path) => latin1(path));
    const code = await auditFix(at('out'), { write: true }, sieve);
    write.mockRestore();
    expect(code).toBe(1);
    expect(told).toHaveLength(3);
    for (const line of told) expect(line).toMatch(/: left, it has changed since the audit; audit it again\n$/);
    expect(sources.map((path) => latin1(path))).toEqual(changed);
    expect(existsSync(at('out', 'patch.ndjson'))).toBe(false);
  });

  describe('what wants a person to look', () => {
    const REVIEW = 'agen judi sbobet online';
    const page = `<!doctype html><p>${HONEST.repeat(3)}</p><table><tr><td>${REVIEW}</td></tr></table><p>${SPAM}</p>`;
    const saidBy = async (flags: FixFlags, out: string): Promise<readonly [number, string]> => {
      const saying = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
      const code = await auditFix(at(out), flags, sieve);
      const said = saying.mock.calls.join('');
      saying.mockRestore();
      return [code, said];
    };

    it('stays, is named, and goes with --all', async () => {
      const actions = sieve.check({ html: page }).spans.map(({ action }) => action);
      expect(actions.toSorted()).toEqual(['remove', 'review']);
      writeFileSync(at('a.html'), page);
      await auditCommand([at('a.html')], { ...quiet, out: at('out') });
      const [code, said] = await saidBy({ write: true }, 'out');
      expect(code).toBe(1);
      expect(said).toContain('a.html: left, a passage wants a look; --all takes it out, too');
      expect(readFileSync(at('a.html'), 'utf8')).toBe(page.replace(`<p>${SPAM}</p>`, ''));
      await auditCommand([at('a.html')], { ...quiet, out: at('again') });
      expect(await auditFix(at('again'), { write: true, all: true }, sieve)).toBe(0);
      expect(readFileSync(at('a.html'), 'utf8')).not.toContain(REVIEW);
      expect(await auditCommand([at('a.html')], { ...quiet, out: at('last') })).toBe(0);
    });

    it('and what was accepted stays, whatever goes', async () => {
      writeFileSync(at('a.html'), page);
      await auditCommand([at('a.html')], { ...quiet, out: at('out') });
      const { results } = JSON.parse(readFileSync(at('out', 'report.sarif'), 'utf8')).runs[0];
      const of = (text: string): object => ({
        fingerprint: results.find((result: object) => JSON.stringify(result).includes(text)).partialFingerprints[
          'linesieve/v1'
        ],
        author: 'editor',
        reason: 'quoted',
        expires: '9999-12-31',
      });
      writeFileSync(at('s.json'), JSON.stringify([of('久久午夜无码'), of(REVIEW)]));
      expect(await auditFix(at('out'), { write: true, all: true, suppress: at('s.json') }, sieve)).toBe(0);
      expect(readFileSync(at('a.html'), 'utf8')).toBe(page);
    });
  });

  it('judges as the audit did', async () => {
    expect(judgedIn(at('none'))).toEqual({ policy: null, excludeRules: [] });
    writeFileSync(at('a.txt'), BODY);
    await auditCommand([at('a.txt')], { ...quiet, out: at('out'), policy: 'cautious', excludeRule: [RULE] });
    expect(judgedIn(at('out'))).toMatchObject({ policy: 'cautious', excludeRules: [RULE] });
    await auditCommand([at('a.txt')], { ...quiet, out: at('bad'), policy: 'strict' });
    writeFileSync(at('bad', 'journal.ndjson'), `{"judged":"{\\"policy\\":\\"none such\\"}"}\n`);
    await expect(auditFix(at('bad'), {}, sieve)).rejects.toThrow('none such');
  });

  it('does not write twice, and does not take back what was edited afterwards', async () => {
    writeFileSync(at('b.txt'), BODY);
    await auditCommand([at('b.txt')], { ...quiet, out: at('out') });
    expect(await auditFix(at('out'), { write: true }, sieve)).toBe(0);
    await expect(auditFix(at('out'), { write: true }, sieve)).rejects.toThrow('already');
    writeFileSync(at('b.txt'), 'edited');
    expect(await auditFix(at('out'), { undo: true }, sieve)).toBe(1);
    expect(readFileSync(at('b.txt'), 'utf8')).toBe('edited');
  });

  it('gives a JSON patch for each field of an export', async () => {
    const post = { id: 'p1', title: 'T', html: `<p>${HONEST}</p><p>${SPAM}</p>` };
    writeFileSync(at('ghost.json'), JSON.stringify({ db: [{ data: { posts: [post] } }] }));
    await auditCommand([`ghost:${at('ghost.json')}`], { ...quiet, out: at('out') });
    expect(await auditFix(at('out'), { write: true }, sieve)).toBe(0);
    const { entry, patch } = JSON.parse(readFileSync(at('out', 'json-patches.ndjson'), 'utf8'));
    expect(entry).toBe('p1');
    expect(patch[0]).toEqual({ op: 'test', path: '/html', value: post.html });
    expect(patch[1]).toMatchObject({ op: 'replace', path: '/html' });
    expect(patch[1].value).toContain(HONEST);
    expect(patch[1].value).not.toContain('国产');
  });

  it.each([
    [{ source: 'https://a.example/x' }, /web page; take it out in the content system/],
    [{ source: 's3:bucket/a.html' }, /copy it here/],
    [{ source: 'gone.txt' }, /no such file any more/],
    [{ source: 'export.xml', entry: '7', field: 'post_content' }, /audit a dump of its database/],
    [{ source: 'crawl.warc.gz', entry: 'byte 0' }, /out of the site that was crawled/],
    [{ source: 'strapi.tar.gz', entry: 'a 1', field: '/data/x' }, /unpack it/],
  ])('says what to do about %j', async (named, message) => {
    const isLocal = 'entry' in named;
    const place = { ...named, source: isLocal ? at(named.source) : named.source };
    if (isLocal) writeFileSync(place.source, 'something');
    const row = { id: 'x', place, contentType: 'text/html', digest: '', verdict: 'block', posterior: 1, spans: [] };
    writeFileSync(at('findings.ndjson'), `${JSON.stringify(row)}\n`);
    let told = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => (told += String(text)) !== '');
    const code = await auditFix(folder, { write: true }, sieve);
    write.mockRestore();
    expect(code).toBe(1);
    expect(told).toMatch(message);
  });
});

describe('removals', () => {
  it.each([
    ['abcabc', 'abc'],
    ['xxabxx', 'ab'],
    ['same', 'same'],
    ['all gone', ''],
    ['aXbYc', 'abc'],
    ['😀😁', '😁'],
  ])('of %j to %j leave exactly that, no character halved', (before, after) => {
    let rest = before;
    for (const { at: start, text } of removalsOf(before, after).toReversed()) {
      expect(text.isWellFormed()).toBe(true);
      rest = rest.slice(0, start) + rest.slice(start + text.length);
    }
    expect(rest).toBe(after);
  });

  it('refuses a text that is no part of the other', () => {
    expect(() => removalsOf('abc', 'ad')).toThrow(RangeError);
  });
});
