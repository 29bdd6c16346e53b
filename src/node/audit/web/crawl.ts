import { sitemapPages } from '../../../audit/web/sitemap.ts';
import type { Seed } from '../../../audit/web/seed.ts';
import type { WebSession } from './web-session.ts';

/** The first page of a site, then what the sitemaps of its robots.txt name; the walk adds what they link to. */
export async function* crawlSeeds(session: WebSession, start: string): AsyncGenerator<Seed> {
  yield { kind: 'seed', address: start };
  const site = new URL(start);
  const { sitemaps } = await session.robots.of(site);
  yield* sitemapPages(session.fetcher, sitemaps, site);
}
