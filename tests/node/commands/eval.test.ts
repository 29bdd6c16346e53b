import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBaseSieve } from '../../../src/node/base-sieve.ts';
import { evaluate } from '../../../src/node/commands/eval.ts';
import { observe } from '../../../src/node/report/observe.ts';
import { measure } from '../../../src/node/report/measure.ts';
import { textReport } from '../../../src/node/report/text.ts';
import { readRows } from '../../../src/node/training-data.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), 'eval-'));
const out = join(folder, 'report.html');
afterAll(() => rmSync(folder, { recursive: true }));

const row = { language: 'en', kind: 'list', source: 'test' };
const honest = { ...row, id: 'h', text: 'a sentence about <b>bread</b>', label: 'legit', category: '' } as const;
const spam = { ...row, id: 's', text: 'zqxw <script>alert(1)</script>', label: 'spam', category: 'adult' } as const;
const list = { ...spam, id: 'l', text: '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍' };

beforeAll(() => {
  writeFileSync(join(folder, 'rows.jsonl'), [honest, spam, list].map((line) => JSON.stringify(line)).join('\n'));
});

describe('linesieve eval', () => {
  it('writes one page that escapes the lines and asks nothing of other hosts', async () => {
    expect(await evaluate({ data: folder, format: 'html', out }, await loadBaseSieve())).toBe(0);
    const page = readFileSync(out, 'utf8');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|(?:src|href)="http|url\(/);
    expect(page.match(/<svg/g)).toHaveLength(3);
  });

  it('shows boundaries by joint, categories, rules, reliability and errors on the page and in the terminal', async () => {
    const report = measure(readRows(folder), await loadBaseSieve());
    const page = readFileSync(out, 'utf8');
    for (const id of ['boundaries', 'categories', 'rules', 'reliability', 'errors']) {
      expect(page, id).toContain(`<section id="${id}">`);
    }
    const text = textReport(report);
    for (const [rule, { spam: hits }] of Object.entries(report.rules)) {
      expect(page).toContain(`<td>${rule}</td><td class=n>${hits}</td>`);
    }
    expect(Object.keys(report.rules).length).toBeGreaterThan(3);
    expect(text).toMatch(/two lists +\d+\.\d %/);
    expect(text).toMatch(/adult +1 +1\n/);
    expect(text).toMatch(/missed s /);
  });

  it('counts a rule also where it hit and nothing was found', async () => {
    const line = { ...honest, text: '图书馆自助借还机支持有码和无码两种图书' };
    const seen = observe(await loadBaseSieve(), line);
    expect(seen.spans).toEqual([]);
    expect(seen.rules.map(({ decisive }) => decisive)).toEqual([false]);
  });

  it('names the label that is missing', async () => {
    const other = mkdtempSync(join(folder, 'other-'));
    writeFileSync(join(other, 'rows.jsonl'), JSON.stringify(honest));
    await expect(evaluate({ data: other, format: 'json' }, await loadBaseSieve())).rejects.toThrow('no spam rows');
  });
});

/** Elsewhere than in CI it is skipped where there is no Chromium in the usual places. */
describe.skipIf(CHROMIUM === undefined && process.env['CI'] === undefined)('the page in Chromium', () => {
  it('fits a narrow window, runs nothing and asks nobody', async () => {
    await evaluate({ data: folder, format: 'html', out }, await loadBaseSieve());
    const browser = await chromium.launch({ executablePath: String(CHROMIUM), args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
      const strange: string[] = [];
      page.on('request', (request) => request.url().startsWith('file:') || strange.push(request.url()));
      page.on('dialog', (dialog) => strange.push(dialog.message()));
      await page.goto(pathToFileURL(out).href);
      expect(strange).toEqual([]);
      expect(await page.locator('section').count()).toBe(7);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
    } finally {
      await browser.close();
    }
  });
});
