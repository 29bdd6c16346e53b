import type { AuditSource, SourceItem } from '../../../audit/source.ts';
import { pageAddress } from '../../../audit/sources/links.ts';
import { UserFailure } from '../../failure.ts';
import { crawlSeeds } from './crawl.ts';
import type { Seed } from '../../../audit/web/seed.ts';
import { sitemapPages } from '../../../audit/web/sitemap.ts';
import { listedPages } from './url-list.ts';
import { walk, type WalkOptions } from './walk.ts';
import type { WebOptions } from './web-options.ts';
import { openWebSession, type WebSession, type WebSurroundings } from './web-session.ts';

/** Where pages come from: a file of addresses, a sitemap, or a site that is crawled. */
export type WebKind = 'urls' | 'sitemap' | 'crawl';

/** What web sources need besides their name. */
export interface WebContext {
  readonly options: WebOptions;
  /** When it fires, requests under way end and the sources with them. */
  readonly signal: AbortSignal;
  readonly surroundings?: WebSurroundings;
}

/** The pages of a file of addresses (`path`), a sitemap or a site (addresses). Throws a UserFailure for a wrong address. */
export function webSource(kind: WebKind, name: string, context: WebContext): AuditSource {
  if (kind === 'urls') return opened(context, { name, site: null, followsLinks: false }, () => listedPages(name));
  const address = pageAddress(name);
  if (address === null) throw new UserFailure(`${kind}:${name}: give an http or https address`);
  const site = new URL(address);
  if (kind === 'crawl')
    return opened(context, { name: address, site, followsLinks: true }, (session) => crawlSeeds(session, address));
  return opened(context, { name: address, site, followsLinks: false }, (session) =>
    sitemapPages(session.fetcher, [address], site),
  );
}

/** A session of its own for each source: opened when it is read, closed when it ends. */
async function* opened(
  { options, signal, surroundings }: WebContext,
  walked: WalkOptions,
  seeds: (session: WebSession) => AsyncIterator<Seed>,
): AsyncGenerator<SourceItem> {
  const session = openWebSession(options, signal, surroundings);
  yield* walk(session, seeds(session), walked);
}
