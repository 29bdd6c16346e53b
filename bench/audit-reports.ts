/**
 * `node bench/audit-reports.ts [findings] [--keep FOLDER]`: makes the findings of an audit (100,000 unless told otherwise: lists of
 * the example site's campaigns under many hosts, template lines, honest context), writes all reports of them, and prints seconds,
 * bytes and peak memory. Where Chromium is there, it also opens report.html.
 */
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CAMPAIGNS } from '../examples/site/campaigns.ts';
import { rowOf, type FindingRow } from '../src/audit/finding-row.ts';
import { readFirst, writeReports } from '../src/node/audit/reports.ts';
import type { InjectedSpan } from '../src/verdict/verdict.ts';
import { createRandom } from '../src/training/random.ts';
import { articleLines } from './texts.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { keep: { type: 'string' } } });
const findings = Number(positionals[0] ?? 100_000);
const CAMPAIGN_COUNT = 2000;
const SYLLABLES = 'ka ro mi su te lo na vi po ze du fa gi he ju ly ma ne os pe qu ri sa tu ve wo xa ye zo bu'.split(
  ' ',
);
/** One finding in so many is a line of the site with another number each time. */
const TEMPLATES = 20;
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const engine = { version: '0', model: '', rules: '', policy: '' };
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'linesieve-bench-'));
mkdirSync(folder, { recursive: true });
await writeFindings(join(folder, 'findings.ndjson'));
const began = performance.now();
const totals = { documents: 5 * findings, flagged: findings, spans: findings, errors: 0, skipped: 0 };
await writeReports(
  folder,
  { ...totals, seconds: 0, complete: true, engine },
  { baseline: null, suppressions: new Map() },
  await readFirst(folder),
);
console.log(`${'seconds'.padEnd(20)} ${((performance.now() - began) / 1000).toFixed(1)}`);
const peak = /VmHWM:\s+(\d+)/.exec(
  existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '',
)?.[1];
if (peak !== undefined) console.log(`${'peak MB'.padEnd(20)} ${Math.round(Number(peak) / 1024)}`);
for (const name of readdirSync(folder)) console.log(`${name.padEnd(20)} ${statSync(join(folder, name)).size}`);
console.log(
  `${'left out'.padEnd(20)} ${JSON.stringify(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')).leftOut)}`,
);
if (CHROMIUM !== undefined) await open(CHROMIUM);
if (values.keep === undefined) rmSync(folder, { recursive: true });

async function writeFindings(path: string): Promise<void> {
  const file = createWriteStream(path);
  const random = createRandom(5);
  const honest = articleLines('chinese', 200_000);
  for (let i = 0; i < findings; i++) {
    const list = i % TEMPLATES === 0 ? `视频${i} 发布于今日` : listOf(random);
    const row = rowWith(i, random.oneOf(honest), list, i % TEMPLATES !== 0);
    if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

/** A list of one of many campaigns: of words that it alone has, or phrases of the example site and a link to its host. */
function listOf(random: ReturnType<typeof createRandom>): string {
  const campaign = random.int(CAMPAIGN_COUNT);
  const own = createRandom(campaign);
  if (campaign % 2 === 0) return Array.from({ length: 20 }, () => wordOf(own)).join(' | ');
  const { phrases, separator } = CAMPAIGNS[campaign % CAMPAIGNS.length];
  const chosen = Array.from({ length: 12 }, () => random.oneOf(phrases)).join(separator);
  return `${chosen} www.${wordOf(own)}.example`;
}

function wordOf(random: ReturnType<typeof createRandom>): string {
  return Array.from({ length: 4 }, () => random.oneOf(SYLLABLES)).join('');
}

function rowWith(i: number, honest: string, list: string, certain: boolean): FindingRow {
  const source = `${honest}\n${list}`;
  const span: InjectedSpan = {
    start: honest.length + 1,
    end: source.length,
    line: 2,
    category: 'adult',
    logOdds: certain ? 30 + (i % 40) : 0.5,
    posterior: certain ? 0.9999 : 0.6,
    action: certain ? 'remove' : 'review',
    reasons: [
      { code: 'bayes', weight: certain ? 33.5 : 3.5 },
      { code: 'list', weight: 2.5 },
      { code: 'tail', weight: 0.7 },
      { code: 'prior', weight: -4 },
    ],
  };
  const day = new Date(Date.UTC(2026, 0, 1 + (i % 200))).toISOString();
  const url = `https://news.example/archive/${i}.html`;
  const document = {
    kind: 'document',
    id: url,
    place: { source: url },
    contentType: 'text/plain',
    content: source,
  } as const;
  const verdict = { verdict: 'clean', posterior: span.posterior, spans: [span], id: url } as const;
  const rest = {
    coverage: { lines: 2, characters: source.length, truncated: false },
    engine,
    offsetUnit: 'utf16',
  } as const;
  return rowOf({ ...document, lastModified: day }, { ...verdict, ...rest }, source, String(i).padStart(64, '0'));
}

async function open(executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const page = await browser.newPage();
      const start = performance.now();
      await page.goto(pathToFileURL(join(folder, 'report.html')).href);
      await page.locator('#findings li').first().waitFor();
      times.push((performance.now() - start) / 1000);
      await page.close();
    }
    console.log(`${'opens in, seconds'.padEnd(20)} ${times.map((time) => time.toFixed(2)).join(' ')}`);
  } finally {
    await browser.close();
  }
}
