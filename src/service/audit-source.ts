import type { ShardItem } from '../audit/shard.ts';
import { failure } from '../audit/source.ts';
import { pageAddress } from '../audit/sources/links.ts';
import type { PageFetcher } from '../audit/web/fetch-page.ts';
import { sitemapPages } from '../audit/web/sitemap.ts';

/** What an audit reads; the addresses of a list are with the files of the audit. */
export type AuditSourceWish =
  | { readonly kind: 'urls'; readonly addresses: number }
  | { readonly kind: 'sitemap'; readonly sitemap: string }
  | { readonly kind: 'upload'; readonly format: 'ndjson' | 'warc' };

/** Pages of one audit: at two a second, an hour and a half. */
export const MOST_PAGES = 10_000;

/** The pages that a list names, each once. */
export async function* listedItems(addresses: readonly string[]): AsyncGenerator<ShardItem> {
  const seen = new Set<string>();
  for (const given of addresses) {
    const address = pageAddress(given);
    const entry = given.slice(0, 200);
    if (address === null)
      yield failure({ source: 'urls', entry }, 'bad-address', `"${entry}" is no http or https address`);
    else if (!seen.has(address)) yield { kind: 'page', address };
    if (address !== null) seen.add(address);
  }
}

/** The pages that a sitemap names, and those of the sitemaps that it names, each once. */
export async function* sitemapItems(fetcher: PageFetcher, sitemap: string): AsyncGenerator<ShardItem> {
  const seen = new Set<string>();
  for await (const seed of sitemapPages(fetcher, [sitemap], new URL(sitemap))) {
    if (seed.kind !== 'seed') yield seed;
    else if (seen.size === MOST_PAGES) {
      const detail = `${sitemap} names more than ${MOST_PAGES} pages; audit the rest by sitemaps of its parts`;
      yield failure({ source: sitemap, entry: 'limit' }, 'page-limit', detail);
      return;
    } else if (!seen.has(seed.address)) {
      seen.add(seed.address);
      const { address, lastModified } = seed;
      yield { kind: 'page', address, ...(lastModified === undefined ? {} : { lastModified }) };
    }
  }
}
