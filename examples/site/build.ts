import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sitePages, type SitePage } from './pages.ts';

export interface SiteOptions {
  /** Where the site will be served: sitemaps hold whole addresses. */
  readonly origin: string;
  /** Seconds between two pages that robots.txt asks for. */
  readonly crawlDelay?: number;
}

/** One row of `expected.json`: `source.slice(start, end)` of the decoded page was injected. */
export interface ExpectedInjection {
  readonly page: string;
  readonly campaign: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Expected {
  readonly pages: number;
  readonly injections: readonly ExpectedInjection[];
  /** Honest pages that a careless filter would flag, and why. */
  readonly hardNegatives: Readonly<Record<string, string>>;
}

/** Where `serve.ts` listens unless told otherwise. */
export const DEFAULT_ORIGIN = 'http://127.0.0.1:8099';

/** Writes the site below a folder, `expected.json` beside it; the same bytes at every call. Returns what was injected. */
export function buildSite(folder: string, { origin, crawlDelay = 1 }: SiteOptions): Expected {
  const pages = sitePages();
  const write = (path: string, content: string | Uint8Array): void => {
    const file = join(folder, 'public', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  for (const { path, bytes } of pages) write(path, bytes);
  write('index.html', rootPage(pages));
  write(
    'private/draft.html',
    '<!DOCTYPE html>\n<title>Draft</title>\n<p>Nobody who asks robots.txt gets to read this.</p>\n',
  );
  write('robots.txt', robotsText(origin, crawlDelay));
  write('sitemap.xml', sitemapText(origin, pages));
  const expected = expectedOf(pages);
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
  return expected;
}

/** Names the first page as canonical, so that a crawl reads it once. */
function rootPage(pages: readonly SitePage[]): string {
  const [{ path }] = pages;
  return `<!DOCTYPE html>\n<meta charset="utf-8">\n<link rel="canonical" href="/${path}">\n<title>四方</title>\n<p><a href="/${path}">四方小报</a> <a href="/private/draft.html">draft</a></p>\n`;
}

function robotsText(origin: string, crawlDelay: number): string {
  return `User-agent: *\nDisallow: /private/\nCrawl-delay: ${crawlDelay}\nSitemap: ${origin}/sitemap.xml\n`;
}

function sitemapText(origin: string, pages: readonly SitePage[]): string {
  const entries = pages.map(({ path }, i) => `<url><loc>${origin}/${path}</loc><lastmod>${dateOf(i)}</lastmod></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`;
}

/** A page a day from 1 March 2026 on. */
function dateOf(day: number): string {
  return new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10);
}

function expectedOf(pages: readonly SitePage[]): Expected {
  const injections = pages.flatMap(({ path, source, injection }) => {
    if (injection === undefined) return [];
    const { campaign, start, end } = injection;
    return [{ page: path, campaign, start, end, text: source.slice(start, end) }];
  });
  const hard = pages.flatMap(({ path, hardBecause }) => (hardBecause === undefined ? [] : [[path, hardBecause]]));
  return { pages: pages.length, injections, hardNegatives: Object.fromEntries(hard) };
}

if (import.meta.main) {
  const [folder, origin = DEFAULT_ORIGIN] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write('usage: node examples/site/build.ts FOLDER [ORIGIN]\n');
    process.exit(2);
  }
  const { pages, injections } = buildSite(folder, { origin });
  process.stdout.write(
    `${pages} pages, ${injections.length} of them with an injection, in ${join(folder, 'public')}\n`,
  );
}
