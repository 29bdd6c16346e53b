import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Baseline } from '../../../src/audit/baseline.ts';
import type { FindingRow } from '../../../src/audit/finding-row.ts';
import { MOST_HTML_FINDINGS } from '../../../src/audit/report-html.ts';
import { MOST_JUNIT_CASES } from '../../../src/audit/report-junit.ts';
import { parseSuppressions } from '../../../src/audit/suppressions.ts';
import { fingerprintsIn, readFirst, writeReports, type Judgement } from '../../../src/node/audit/reports.ts';
import { auditCommand } from '../../../src/node/commands/audit.ts';
import { findingRow, foundSpan } from '../../audit/finding-rows.ts';
import { sarifSchema } from '../../audit/sarif-schema.ts';

const HONEST = '会议强调，要加强值守，确保安全。';
const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const NONE: Judgement = { baseline: null, suppressions: new Map() };
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
const text = (...names: string[]): string => readFileSync(at(...names), 'utf8');
const json = (...names: string[]) => JSON.parse(text(...names));

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'linesieve-reports-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Reports of made-up rows; returns how many findings are open. */
async function report(out: string, rows: readonly FindingRow[], judgement = NONE, documents = 1000): Promise<number> {
  mkdirSync(at(out), { recursive: true });
  writeFileSync(at(out, 'findings.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const spans = rows.reduce((sum, row) => sum + row.spans.length, 0);
  const totals = { documents, flagged: rows.length, spans, errors: 0, skipped: 0 };
  const engine = { version: '0', model: '', rules: '', policy: '' };
  return (
    await writeReports(at(out), { ...totals, seconds: 1, complete: true, engine }, judgement, await readFirst(at(out)))
  ).open;
}

const spamRow = (i: number, words = `kartal${i} rulet`): FindingRow =>
  findingRow(`https://a.example/${i}.html`, [foundSpan(words)], { lastModified: `2026-01-0${1 + (i % 9)}T00:00:00Z` });
const lineRow = (i: number): FindingRow =>
  findingRow(`https://a.example/v${i}.html`, [
    foundSpan(`visits ${i * 37}`, { action: 'review', posterior: 0.4, position: 'middle' }),
  ]);

describe('reports', () => {
  it('tell a line of the site once, and of an injection every page', async () => {
    const rows = [spamRow(1), ...Array.from({ length: 20 }, (_, i) => lineRow(i)), spamRow(2)];
    expect(await report('out', rows)).toBe(2);
    expect(json('out', 'summary.json')).toMatchObject({ open: 2, campaigns: 2, boilerplate: { lines: 1, spans: 20 } });
    expect(json('out', 'boilerplate.json')).toMatchObject([{ documents: 20, text: 'visits 0' }]);
    const { results } = json('out', 'report.sarif').runs[0];
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
      'injected-span',
      'boilerplate',
      'injected-span',
    ]);
    expect(text('out', 'report.junit.xml')).toContain('tests="3" failures="2" skipped="1"');
    expect(text('out', 'report.md')).toContain('### Lines of the site itself');
    expect(text('out', 'report.csv').split('\r\n')).toHaveLength(1 + rows.length + 1);
    expect(text('out', 'report.html')).toContain('Lines of the site itself');
  });

  it('say what is new, unchanged and gone since a baseline, and since when', async () => {
    await report('old', [spamRow(1), spamRow(2)]);
    const baseline = new Baseline(await fingerprintsIn(at('old', 'findings.ndjson')));
    expect(await report('new', [spamRow(2), spamRow(3)], { ...NONE, baseline })).toBe(1);
    const summary = json('new', 'summary.json');
    expect(summary.baseline).toEqual({ new: 1, unchanged: 1, gone: 1 });
    const { results } = json('new', 'report.sarif').runs[0];
    const states = results.map(({ baselineState }: { baselineState: string }) => baselineState);
    expect(states).toEqual(['unchanged', 'new', 'absent']);
    expect(new Ajv({ strict: false }).validate(sarifSchema(), json('new', 'report.sarif'))).toBe(true);
    const [, second, third] = text('new', 'report.csv').split('\r\n');
    expect([second, third].map((line) => line.split(',').slice(-3))).toEqual([
      ['unchanged', '', 'false'],
      ['new', '', 'true'],
    ]);
    expect(text('new', 'report.junit.xml')).toContain('<property name="gone" value="1"/>');
    for (const name of ['report.md', 'report.html']) {
      expect(text('new', name)).toContain('Gone since the baseline');
      expect(text('new', name)).toContain('kartal1 rulet');
    }
  });

  it('give days of runs where no source dates its documents', async () => {
    const undated = findingRow('a.txt', [foundSpan('kartal rulet')]);
    await report('old', [undated]);
    const [known] = await fingerprintsIn(at('old', 'findings.ndjson'));
    await report('new', [undated], { ...NONE, baseline: new Baseline([{ ...known, seen: '2025-05-05' }]) });
    const today = new Date().toISOString().slice(0, 10);
    expect(known).toMatchObject({ seen: today, place: 'a.txt', text: 'kartal rulet' });
    expect(json('new', 'campaigns.json')).toMatchObject([
      { firstSeen: '2025-05-05', lastSeen: today, datesOf: 'runs' },
    ]);
  });

  it('show suppressions with author and reason, and tell of one that has expired', async () => {
    await report('old', [spamRow(1), spamRow(2)]);
    const known = await fingerprintsIn(at('old', 'findings.ndjson'));
    const held = known.map(({ fingerprint }, i) => ({
      fingerprint,
      author: `editor ${i}`,
      reason: `reason ${i}`,
      expires: i === 0 ? '2026-06-01' : '2026-05-31',
    }));
    const suppressions = parseSuppressions(held, '2026-06-01');
    expect(await report('new', [spamRow(1), spamRow(2)], { ...NONE, suppressions })).toBe(1);
    expect(json('new', 'summary.json')).toMatchObject({ suppressed: 1, expiredSuppressions: [{ author: 'editor 1' }] });
    expect(text('new', 'report.csv')).toContain('editor 0: reason 0');
    expect(text('new', 'report.junit.xml')).toContain('suppressed by editor 0 until 2026-06-01: reason 0');
    expect(text('new', 'report.md')).toContain('reason 1');
    expect(text('new', 'report.html')).toMatch(/reason 1<.*<strong>expired<\/strong> 2026-05-31/);
  });

  it('stay within their limits and say what they left out; the open and the surest come first', async () => {
    const rows = Array.from({ length: MOST_HTML_FINDINGS + 500 }, (_, i) =>
      findingRow(`p${i}`, [foundSpan(`kartal${i} rulet`, { logOdds: i === 10_400 ? 99 : 9 })]),
    );
    await report('out', rows);
    const { leftOut } = json('out', 'summary.json');
    expect(leftOut).toMatchObject({
      'report.html': 500,
      'report.junit.xml': rows.length - MOST_JUNIT_CASES,
      'report.csv': 0,
    });
    const data = JSON.parse(/id="data">([^]*?)<\/script>/.exec(text('out', 'report.html'))?.[1] ?? '');
    expect(data.findings).toHaveLength(MOST_HTML_FINDINGS);
    expect(data.findings[0][0]).toBe('p10400');
    expect(data.leftOut).toBe(500);
    expect(text('out', 'report.junit.xml')).toContain('<property name="leftOut" value="500"/>');
    expect(text('out', 'report.md')).toContain('10,450 more findings in findings.ndjson');
    expect(text('out', 'report.md').length).toBeLessThan(65_536);
  });

  it('are whole where nothing was found', async () => {
    expect(await report('out', [])).toBe(0);
    expect(json('out', 'report.sarif').runs[0].results).toEqual([]);
    expect(text('out', 'report.csv')).toMatch(/^place,.*\r\n$/);
    expect(text('out', 'report.md')).toContain('Nothing injected was found in 1,000 documents.');
    expect(text('out', 'report.junit.xml')).toContain('failures="0"');
  });

  it('show of HTML what a reader sees around a finding', async () => {
    writeFileSync(at('a.html'), `<p class="x">${HONEST}</p><p>${SPAM}</p><p title="y">End of it</p>`);
    await auditCommand([at('a.html')], { out: at('out'), threads: '1', progress: 'none' });
    const [span] = JSON.parse(text('out', 'findings.ndjson')).spans;
    expect([span.before.trim(), span.text, span.after.trim()]).toEqual([HONEST, SPAM, 'End of it']);
  });
});

/** Elsewhere than in CI it is skipped where there is no Chromium in the usual places. */
describe.skipIf(CHROMIUM === undefined && process.env['CI'] === undefined)('the page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: String(CHROMIUM), args: ['--no-sandbox'] });
  });
  afterAll(async () => await browser.close());

  async function open(rows: readonly FindingRow[]): Promise<{ page: Page; strange: string[] }> {
    await report('out', rows);
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const strange: string[] = [];
    page.on('request', (request) => request.url().startsWith('file:') || strange.push(request.url()));
    page.on('pageerror', (error) => strange.push(String(error)));
    page.on('dialog', (dialog) => strange.push(dialog.message()));
    await page.goto(pathToFileURL(at('out', 'report.html')).href);
    return { page, strange };
  }

  it('draws findings as they are wanted, and filters all of them', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) =>
      spamRow(i, i % 100 === 0 ? `poker ${'x'.repeat(i / 100)}` : SPAM),
    );
    const { page, strange } = await open(rows);
    await page.getByText('3,000 findings').waitFor();
    const drawn = await page.locator('#findings li').count();
    expect(drawn).toBeGreaterThan(0);
    expect(drawn).toBeLessThan(300);
    await page.getByLabel('Page or text').fill('POKER');
    await page.getByText('30 findings').waitFor();
    await page.getByLabel('Page or text').fill('');
    await page.getByRole('button', { name: 'Findings of c1', exact: true }).click();
    await page.getByText('2,970 findings').waitFor();
    expect(await page.getByRole('combobox', { name: 'Campaign' }).inputValue()).toBe('c1');
    await page.getByRole('button', { name: 'Pages of c1', exact: true }).click();
    expect((await page.getByRole('textbox', { name: 'Pages of c1' }).inputValue()).split('\n')[0]).toBe(
      'https://a.example/1.html',
    );
    expect(await page.locator('svg[role=img]').count()).toBe(2);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(strange).toEqual([]);
  });

  it('shows markup of documents as text, wherever it stands', async () => {
    const hostile = `</script><img src=x onerror="alert(1)"><svg onload='alert(2)'>`;
    const rows = [
      findingRow(hostile, [foundSpan(hostile, { before: hostile, hosts: [hostile] })], { lastModified: hostile }),
      ...Array.from({ length: 20 }, (_, i) =>
        findingRow(`s/${i}`, [foundSpan(`${hostile} ${i}`, { action: 'review', position: 'middle' })]),
      ),
    ];
    const { page, strange } = await open(rows);
    await page.getByText('1 finding', { exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('mark').textContent()).toBe(hostile);
    expect(strange).toEqual([]);
  });
});
