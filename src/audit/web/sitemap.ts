import { failure, skipped } from '../source.ts';
import { parseSitemap, type Sitemap } from '../sources/sitemap-xml.ts';
import { FetchFailure } from './fetch-failure.ts';
import type { Fetched, PageFetcher } from './fetch-page.ts';
import { gunzipped } from './gunzip.ts';
import type { Seed } from './seed.ts';
import { isSameSite } from './site.ts';

/** Uncompressed, by the protocol (sitemaps.org). */
const MOST_BYTES = 50 * 1024 * 1024;
/** An index holds sitemaps; some hold indexes, none that is honest goes deeper. */
const DEEPEST = 3;
/** Of one source: the largest shops have hundreds. */
const MOST_SITEMAPS = 1000;

/** The pages of sitemaps and of the sitemaps that these name, as far as they are of the site. Memory: one sitemap a level. */
export async function* sitemapPages(
  fetcher: PageFetcher,
  addresses: readonly string[],
  site: URL,
): AsyncGenerator<Seed> {
  const read = new Set<string>();
  for (const address of addresses) yield* pagesOf({ fetcher, site, read }, address, 1);
}

interface Reading {
  readonly fetcher: PageFetcher;
  readonly site: URL;
  /** Sitemaps that were asked for: an index that names itself is read once. */
  readonly read: Set<string>;
}

async function* pagesOf(reading: Reading, address: string, depth: number): AsyncGenerator<Seed> {
  const place = { source: address };
  const refusal = refusalOf(reading, address, depth);
  if (refusal !== null) {
    yield skipped({ ...place, entry: refusal.code }, refusal.code, refusal.detail);
    return;
  }
  reading.read.add(address);
  const sitemap = await fetchSitemap(reading.fetcher, address);
  if ('detail' in sitemap) {
    yield { kind: sitemap.kind, place, code: sitemap.code, detail: sitemap.detail };
    return;
  }
  if (sitemap.kind === 'none')
    yield failure(place, 'no-sitemap', `${address} is no sitemap (XML, or an address a line)`);
  if (sitemap.leftOut > 0)
    yield failure(place, 'too-large', `${address} names ${sitemap.leftOut} more than a sitemap may`);
  if (sitemap.kind === 'index') for (const entry of sitemap.entries) yield* pagesOf(reading, entry.address, depth + 1);
  else yield* seedsOf(reading, sitemap, address);
}

function* seedsOf({ site }: Reading, { entries }: Sitemap, address: string): Generator<Seed> {
  const here = entries.filter((entry) => URL.canParse(entry.address) && isSameSite(new URL(entry.address), site));
  for (const entry of here) yield { kind: 'seed', ...entry };
  const others = entries.length - here.length;
  if (others === 0) return;
  const first = entries.find((entry) => !here.includes(entry))?.address ?? '';
  yield skipped(
    { source: address, entry: 'off-site' },
    'off-site',
    `${address} names ${others} addresses of other sites, like ${first}`,
  );
}

function refusalOf({ read }: Reading, address: string, depth: number): { code: string; detail: string } | null {
  if (!URL.canParse(address)) return { code: 'bad-address', detail: `${address} is no address of a sitemap` };
  if (read.has(address)) return { code: 'duplicate', detail: `the sitemap ${address} is named again; it is read once` };
  if (depth > DEEPEST) return { code: 'sitemap-depth', detail: `${address} lies deeper than ${DEEPEST} sitemaps` };
  return read.size < MOST_SITEMAPS
    ? null
    : { code: 'sitemap-count', detail: `${address}: only ${MOST_SITEMAPS} sitemaps are read` };
}

async function fetchSitemap(
  fetcher: PageFetcher,
  address: string,
): Promise<Sitemap | Exclude<Fetched, { kind: 'page' }>> {
  const fetched = await fetcher.fetch(address, {
    maxBytes: MOST_BYTES,
    reads: () => true,
    mayLeadTo: () => true,
  });
  if (fetched.kind !== 'page') return fetched;
  try {
    return parseSitemap(new TextDecoder().decode(await gunzipped(fetched.body, MOST_BYTES)));
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    return { kind: 'error', code: error.code, detail: `${address}: ${error.message}` };
  }
}
