import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditCommand } from '../../../src/node/commands/audit.ts';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const HONEST = '会议强调，要加强值守，确保安全。';
let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const rowsIn = (
  path: string,
): { place: { entry?: string; source: string }; spans: { text: string; position: string }[] }[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const summary = (out: string) => JSON.parse(readFileSync(at(out, 'summary.json'), 'utf8'));

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-audit-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const flags = (out: string) => ({ out: at(out), threads: '2', progress: 'none' as const });

describe('linesieve audit', () => {
  it.each([
    ['is done', {}],
    ['was refused', { policy: 'none' }],
  ])('has no thread left when it %s', async (_, more) => {
    const started: Worker[] = [];
    const note = (message: unknown): void => void started.push((message as { worker: Worker }).worker);
    subscribe('worker_threads', note);
    writeFileSync(at('a.txt'), SPAM);
    await auditCommand([at('a.txt')], { ...flags('out'), ...more }).catch(() => undefined);
    unsubscribe('worker_threads', note);
    expect(started.map(({ threadId }) => threadId)).toEqual([-1, -1]);
  });

  it('reads a folder: text, HTML, gzip; counts what it could not read', async () => {
    mkdirSync(at('site', 'deep'), { recursive: true });
    writeFileSync(at('site', 'a.txt'), HONEST);
    writeFileSync(at('site', 'b.html'), `<p>${HONEST}</p><div style="display:none">${SPAM}</div>`);
    writeFileSync(at('site', 'deep', 'c.txt.gz'), gzipSync(`${HONEST}\n${SPAM}`));
    writeFileSync(at('site', 'd.txt'), Buffer.from([0, 1, 2]));
    writeFileSync(at('site', 'e.png'), 'no document');
    expect(await auditCommand([at('site')], flags('out'))).toBe(1);
    expect(summary('out')).toMatchObject({ documents: 3, flagged: 2, spans: 2, errors: 1, skipped: 0, complete: true });
    const rows = rowsIn(at('out', 'findings.ndjson'));
    expect(rows.map(({ spans }) => [spans[0].text, spans[0].position])).toEqual([
      [SPAM, 'hidden'],
      [SPAM, 'tail'],
    ]);
  });

  it('reads the columns of a CSV file and refuses one without them', async () => {
    writeFileSync(at('rows.csv'), `id;headline;note\n1;"${HONEST}\n${SPAM}";x\n2;${HONEST};y\n`);
    expect(await auditCommand([at('rows.csv')], { ...flags('out'), column: ['headline'] })).toBe(1);
    expect(rowsIn(at('out', 'findings.ndjson')).map(({ place }) => place.entry)).toEqual(['1']);
    await auditCommand([at('rows.csv')], flags('none'));
    expect(readFileSync(at('none', 'notices.ndjson'), 'utf8')).toContain('no-column');
  });

  it('writes reports: campaigns, CSV, SARIF and a page without outside requests', async () => {
    const hostile = '</script><script>alert(1)</script>';
    writeFileSync(at('=a.txt'), `${hostile}${HONEST}\n${SPAM}`);
    writeFileSync(at('b.txt'), `${HONEST}\n${SPAM.replaceAll('_', '|')}`);
    expect(await auditCommand([at('*.txt')], flags('out'))).toBe(1);
    expect(summary('out')).toMatchObject({ campaigns: 1, spans: 2, leftOut: { 'report.html': 0, 'report.sarif': 0 } });
    const [campaign] = JSON.parse(readFileSync(at('out', 'campaigns.json'), 'utf8'));
    expect(campaign).toMatchObject({ id: 'c1', documents: 2, positions: { tail: 2 }, categories: { adult: 2 } });
    const { runs } = JSON.parse(readFileSync(at('out', 'report.sarif'), 'utf8'));
    expect(runs[0].columnKind).toBe('utf16CodeUnits');
    expect(runs[0].results[0].locations[0].physicalLocation.region.snippet.text).toContain(SPAM);
    expect(
      new Set(runs[0].results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints)))
        .size,
    ).toBe(2);
    expect(readFileSync(at('out', 'report.csv'), 'utf8').split('\r\n')).toHaveLength(4);
    const page = readFileSync(at('out', 'report.html'), 'utf8');
    expect(page).not.toMatch(/(?:src|href)=|<script>alert/);
    expect(page.split('</script>')).toHaveLength(3);
    const data = /id="data">([^]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(data).findings[0][6]).toContain(hostile);
  });

  it('exits with 0 where nothing is found', async () => {
    writeFileSync(at('a.txt'), HONEST);
    expect(await auditCommand([at('*.txt')], flags('out'))).toBe(0);
  });

  it('tells new findings from those of a baseline, and counts those that are gone', async () => {
    writeFileSync(at('a.txt'), `${HONEST}\n${SPAM}`);
    writeFileSync(at('b.txt'), `${HONEST}\n${SPAM}`);
    expect(await auditCommand([at('*.txt')], flags('old'))).toBe(1);
    writeFileSync(at('a.txt'), HONEST);
    expect(await auditCommand([at('*.txt')], { ...flags('same'), baseline: at('old') })).toBe(0);
    expect(summary('same')).toMatchObject({ baseline: { new: 0, unchanged: 1, gone: 1 } });
    writeFileSync(at('c.txt'), `${HONEST}\n${SPAM}`);
    expect(await auditCommand([at('*.txt')], { ...flags('more'), baseline: at('old') })).toBe(1);
    const { results } = JSON.parse(readFileSync(at('more', 'report.sarif'), 'utf8')).runs[0];
    expect(results.map((each: { baselineState: string }) => each.baselineState)).toEqual([
      'unchanged',
      'new',
      'absent',
    ]);
    await expect(auditCommand([at('*.txt')], { ...flags('x'), baseline: at('none') })).rejects.toThrow('no ');
  });

  it('lets stand what is suppressed, until that expires', async () => {
    writeFileSync(at('a.txt'), `${HONEST}\n${SPAM}`);
    await auditCommand([at('a.txt')], flags('old'));
    const { results } = JSON.parse(readFileSync(at('old', 'report.sarif'), 'utf8')).runs[0];
    const fingerprint: string = results[0].partialFingerprints['linesieve/v1'];
    expect(readFileSync(at('old', 'report.csv'), 'utf8')).toContain(fingerprint);
    const suppress = at('suppressions.json');
    const write = (row: object): void => writeFileSync(suppress, JSON.stringify([row]));
    const row = { fingerprint, author: 'editor', reason: 'a quotation', expires: '9999-12-31' };
    write(row);
    expect(await auditCommand([at('a.txt')], { ...flags('held'), suppress })).toBe(0);
    expect(summary('held')).toMatchObject({ suppressed: 1, spans: 1 });
    expect(readFileSync(at('held', 'report.sarif'), 'utf8')).toContain('a quotation');
    write({ ...row, expires: '2020-01-01' });
    expect(await auditCommand([at('a.txt')], { ...flags('over'), suppress })).toBe(1);
    write({ ...row, reason: ' ' });
    await expect(auditCommand([at('a.txt')], { ...flags('bad'), suppress })).rejects.toThrow(
      'suppression 1 has no reason',
    );
  });

  it('names what it cannot do', async () => {
    await expect(auditCommand([at('none.txt')], flags('out'))).rejects.toThrow('there is no such file');
    writeFileSync(at('a.txt'), HONEST);
    await auditCommand([at('a.txt')], flags('out'));
    writeFileSync(at('b.txt'), HONEST);
    await expect(auditCommand([at('b.txt')], flags('out'))).rejects.toThrow('another audit');
  });
});
