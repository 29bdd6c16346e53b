import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSite, type Expected } from '../../../../examples/site/build.ts';
import { CAMPAIGNS } from '../../../../examples/site/campaigns.ts';
import { siteServer } from '../../../../examples/site/serve.ts';
import { DEFAULT_WEB_OPTIONS } from '../../../../src/node/audit/web/web-options.ts';
import { webSource } from '../../../../src/node/audit/web/web-sources.ts';
import { auditCommand } from '../../../../src/node/commands/audit.ts';
import { FakeClock } from './loopback.ts';

interface Finding {
  readonly place: { readonly source: string };
  readonly spans: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

let folder = '';
let server: Server;
let origin = '';
let expected: Expected;
const asked: { path: string; at: number }[] = [];
const clock = new FakeClock();
const at = (...names: string[]): string => join(folder, ...names);

async function open(crawlDelay: number): Promise<void> {
  server = siteServer(at('site', 'public'), (path) => asked.push({ path, at: clock.now() }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expected = buildSite(at('site'), { origin, crawlDelay });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linesieve-site-'));
  asked.length = 0;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const rows = <T>(name: string): T[] =>
  readFileSync(at('out', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
const json = (name: string) => JSON.parse(readFileSync(at('out', name), 'utf8'));
const audit = (source: string) =>
  auditCommand([source], { out: at('out'), threads: '1', progress: 'none', delay: '0', allowPrivate: true });
const pageOf = ({ place }: Finding): string => place.source.slice(origin.length + 1);

/** `page: phrase` of all that was injected, in the order of the pages. */
const injectedPhrases = (): { page: string; phrase: string; start: number; end: number }[] =>
  expected.injections.flatMap(({ page, campaign, start, text }) => {
    const { phrases = [] } = CAMPAIGNS.find(({ id }) => id === campaign) ?? {};
    return phrases.flatMap((phrase) => {
      const offset = text.indexOf(phrase);
      return offset < 0 ? [] : [{ page, phrase, start: start + offset, end: start + offset + phrase.length }];
    });
  });

describe('the audit of the example site', () => {
  it('finds every injection, tells the campaigns apart and flags no honest page', async () => {
    await open(0.001);
    expect(await audit(`${origin}/`)).toBe(1);
    expect(json('summary.json')).toMatchObject({ documents: 40, flagged: 21, errors: 0, complete: true });
    const findings = rows<Finding>('findings.ndjson');
    const found = new Map(findings.map((finding) => [pageOf(finding), finding.spans]));
    expect([...found.keys()].toSorted()).toEqual(expected.injections.map(({ page }) => page).toSorted());
    for (const { page, start, end } of expected.injections) {
      const outside = found.get(page)?.filter((span) => span.start < start || span.end > end);
      expect(outside, page).toEqual([]);
    }
    const missed = injectedPhrases().filter(
      ({ page, start, end }) => !found.get(page)?.some((span) => span.start <= start && span.end >= end),
    );
    expect(missed.map(({ phrase }) => phrase)).toEqual([]);
    expectCampaignsApart();
    // The sitemap knows when a page was changed, whichever way the crawl came to it.
    const modified = rows<{ lastModified?: string }>('findings.ndjson').map(({ lastModified }) => lastModified);
    expect(new Set(modified).size).toBe(21);
    expect(modified[0]).toBe('2026-03-01T00:00:00.000Z');
  });

  it('finds the same by the sitemap alone', async () => {
    await open(0.001);
    expect(await audit(`sitemap:${origin}/sitemap.xml`)).toBe(1);
    expect(json('summary.json')).toMatchObject({ documents: 40, flagged: 21, errors: 0, skipped: 0 });
    const { seconds: _, ...first } = json('summary.json');
    const findings = readFileSync(at('out', 'findings.ndjson'), 'utf8');
    // The same command again goes on where it stopped: at the end.
    expect(await audit(`sitemap:${origin}/sitemap.xml`)).toBe(1);
    expect(json('summary.json')).toMatchObject(first);
    expect(readFileSync(at('out', 'findings.ndjson'), 'utf8')).toBe(findings);
    expect(readdirSync(at('out', 'pages')).filter((name) => name.endsWith('.gz'))).toHaveLength(41);
  });

  it('asks for each page once, never for what robots.txt disallows, and keeps the delay', async () => {
    await open(2);
    const options = { ...DEFAULT_WEB_OPTIONS, allowPrivate: true, concurrency: 1, delayMs: 100 };
    const context = { options, signal: new AbortController().signal, surroundings: { clock } };
    const notices: string[] = [];
    for await (const item of webSource('crawl', origin, context)) {
      if (item.kind !== 'document') notices.push(`${item.code} ${item.place.source.replace(origin, '')}`);
    }
    expect(notices).toEqual(['canonical /', 'robots /private/draft.html']);
    const paths = asked.map(({ path }) => path);
    expect(paths[0]).toBe('/robots.txt');
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => path.startsWith('/private/'))).toEqual([]);
    expect(paths.filter((path) => path.endsWith('.html'))).toHaveLength(40);
    const gaps = asked.slice(1).map((request, i) => request.at - asked[i].at);
    expect(gaps[0]).toBe(100);
    expect(new Set(gaps.slice(1))).toEqual(new Set([2000]));
  });

  it('is the same site at every building', async () => {
    await open(1);
    buildSite(at('again'), { origin });
    const files = readdirSync(at('site'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    expect(files.length).toBe(45);
    for (const file of files)
      expect(readFileSync(at('again', file)).equals(readFileSync(at('site', file))), file).toBe(true);
    expect(Object.keys(expected.hardNegatives)).toHaveLength(10);
    expect(new Set(expected.injections.map(({ campaign }) => campaign)).size).toBe(6);
    for (const { page, start, end, text } of expected.injections) {
      const bytes = readFileSync(at('site', 'public', page));
      const encoding = bytes.includes('charset="gbk"') ? 'gbk' : 'utf-8';
      expect(new TextDecoder(encoding).decode(bytes).slice(start, end), page).toBe(text);
    }
  });
});

/** No campaign that was found holds pages of two that were injected, and each injected one that is a list is found as one. */
function expectCampaignsApart(): void {
  const injected = new Map(expected.injections.map(({ page, campaign }) => [page, campaign]));
  const groups = (json('campaigns.json') as { pages: string[]; positions: Record<string, number> }[]).map(
    ({ pages }) => new Set(pages.map((page) => injected.get(page.slice(origin.length + 1)))),
  );
  expect(groups.every((group) => group.size === 1)).toBe(true);
  const names = groups.flatMap((group) => [...group]);
  expect(new Set(names).size).toBe(6);
  expect(names).toHaveLength(6);
}
