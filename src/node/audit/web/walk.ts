import { failure, skipped, type AuditDocument, type SourceItem, type SourceNotice } from '../../../audit/source.ts';
import { linksOf, pageAddress } from '../../../audit/sources/links.ts';
import { UserFailure } from '../../failure.ts';
import { documentType, type Fetched } from '../../../audit/web/fetch-page.ts';
import { Frontier, type Visit } from './frontier.ts';
import { pageText } from './page-text.ts';
import type { Seed } from '../../../audit/web/seed.ts';
import { isSameSite } from '../../../audit/web/site.ts';
import type { WebSession } from './web-session.ts';

export interface WalkOptions {
  /** The source as it was named. */
  readonly name: string;
  /** The site that links and redirects may not leave; `null`: they may lead anywhere. */
  readonly site: URL | null;
  readonly followsLinks: boolean;
}

type Page = Extract<Fetched, { kind: 'page' }>;
interface Visited {
  readonly visit: Visit;
  readonly fetched: Fetched;
}

/** Foreign links that are reported: a page of junk has thousands. */
const MOST_FOREIGN = 1000;

/**
 * Reads the seeds and, where a site is given, what they link to: breadth first, some at a time, handed out in the order of the
 * visits, so that an unchanged site gives the same documents in the same order. What cannot be read becomes a notice.
 * Memory: the pages under way and the frontier.
 */
export async function* walk(
  session: WebSession,
  seeds: AsyncIterator<Seed>,
  options: WalkOptions,
): AsyncGenerator<SourceItem> {
  const walker = new Walker(session, seeds, options);
  try {
    yield* walker.items();
  } catch (error) {
    if (!session.signal.aborted) throw error;
  } finally {
    session.close();
  }
}

class Walker {
  readonly #session: WebSession;
  readonly #seeds: AsyncIterator<Seed>;
  readonly #options: WalkOptions;
  readonly #frontier: Frontier;
  readonly #foreign = new Set<string>();

  constructor(session: WebSession, seeds: AsyncIterator<Seed>, options: WalkOptions) {
    this.#session = session;
    this.#seeds = seeds;
    this.#options = options;
    this.#frontier = new Frontier(session.options.maxPages);
  }

  async *items(): AsyncGenerator<SourceItem> {
    yield* this.#takeSeeds();
    const underWay: Promise<Visited>[] = [];
    for (;;) {
      while (underWay.length < this.#session.options.concurrency) {
        const visit = this.#frontier.next();
        if (visit === null) break;
        underWay.push(this.#start(visit));
      }
      const first = underWay.shift();
      if (first === undefined) break;
      yield* this.#settle(await first);
    }
    if (this.#frontier.overflowed) yield this.#overflow();
  }

  /** All of them before the first visit: what a sitemap says of a page is known when a link leads there. */
  async *#takeSeeds(): AsyncGenerator<SourceNotice> {
    while (!this.#frontier.overflowed) {
      const { done, value } = await this.#seeds.next();
      if (done === true) return;
      if (value.kind === 'seed') this.#frontier.add(value.address, value.lastModified);
      else yield value;
    }
  }

  #start(visit: Visit): Promise<Visited> {
    const { site } = this.#options;
    const fetching = this.#session.fetcher.fetch(visit.address, {
      maxBytes: this.#session.options.maxPageBytes,
      reads: (contentType) => documentType(contentType) !== undefined,
      mayLeadTo: (url) => site === null || isSameSite(url, site),
    });
    const visited = fetching.then((fetched) => ({ visit, fetched }));
    // Awaited in its turn: until then a failure must not count as unhandled.
    visited.catch(() => undefined);
    return visited;
  }

  *#settle({ visit, fetched }: Visited): Generator<SourceItem> {
    if (fetched.kind === 'page') yield* this.#page(visit, fetched);
    else {
      this.#frontier.markFailed(visit.address);
      yield { kind: fetched.kind, place: { source: visit.address }, code: fetched.code, detail: fetched.detail };
    }
  }

  *#page(visit: Visit, page: Page): Generator<SourceItem> {
    const address = pageAddress(page.url.href) ?? page.url.href;
    const place = { source: visit.address };
    const read = this.#textOf(visit, page, address);
    if (typeof read !== 'string') {
      yield read;
      return;
    }
    const type = documentType(page.contentType) ?? null;
    const links = type === 'text/html' || type === null ? linksOf(read, address) : null;
    yield* this.#follow(links?.pages ?? [], links?.foreign ?? [], address);
    const canonical = links?.canonical ?? null;
    if (canonical !== null && this.#mayStandIn(canonical, address) && this.#frontier.standsFor(canonical, visit)) {
      yield skipped(place, 'canonical', `${address} names ${canonical}, which is read in its place`);
    } else if (this.#frontier.markRead(address)) {
      yield documentOf(visit, page, address, read);
    } else if (address !== visit.address) {
      yield skipped(place, 'duplicate', `${visit.address} leads to ${address}, which is read already`);
    }
  }

  #textOf(visit: Visit, { body, contentType }: Page, address: string): string | SourceNotice {
    try {
      return pageText(body, contentType, address);
    } catch (error) {
      if (!(error instanceof UserFailure)) throw error;
      this.#frontier.markFailed(visit.address);
      return failure({ source: visit.address }, 'undecodable', error.message);
    }
  }

  *#follow(pages: readonly string[], foreign: readonly string[], address: string): Generator<SourceNotice> {
    const { site, followsLinks } = this.#options;
    if (!followsLinks) return;
    for (const page of pages) if (site === null || isSameSite(new URL(page), site)) this.#frontier.add(page);
    for (const reference of foreign) {
      if (this.#foreign.has(reference) || this.#foreign.size >= MOST_FOREIGN) continue;
      this.#foreign.add(reference);
      yield skipped(
        { source: address, entry: reference },
        'scheme',
        `${address} links to ${reference}; only http and https are read`,
      );
    }
  }

  /** A canonical on another site says that the page was copied, or stolen: what stands here is read. */
  #mayStandIn(canonical: string, address: string): boolean {
    return isSameSite(new URL(canonical), this.#options.site ?? new URL(address));
  }

  #overflow(): SourceNotice {
    const { name } = this.#options;
    const most = this.#session.options.maxPages;
    return skipped(
      { source: name, entry: 'max-pages' },
      'max-pages',
      `${name} has more than ${most} pages; --max-pages raises the limit`,
    );
  }
}

function documentOf(visit: Visit, page: Page, address: string, content: string): AuditDocument {
  const modified = isoOf(page.lastModified) ?? isoOf(visit.lastModified ?? null);
  return {
    kind: 'document',
    id: address,
    place: { source: address },
    contentType: documentType(page.contentType) ?? null,
    content,
    ...(modified === null ? {} : { lastModified: modified }),
  };
}

function isoOf(date: string | null): string | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
