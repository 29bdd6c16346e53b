import { failure, type SourceNotice } from '../audit/source.ts';
import type { PageItem, TextDocumentItem } from '../audit/shard.ts';
import { systemClock } from '../audit/web/clock.ts';
import { documentType, PageFetcher } from '../audit/web/fetch-page.ts';
import { PoliteClient } from '../audit/web/polite-client.ts';
import { Robots } from '../audit/web/robots.ts';
import type { Dependencies } from './dependencies.ts';
import { fetchClient } from './fetch-client.ts';
import { pageText } from './page-text.ts';

/** Half a second between two requests to one host, as the command line has it. */
const DELAY_MS = 500;
const MOST_BYTES = 8 * 1024 * 1024;

/** Fetches pages as a crawl does: robots.txt, distance, retries and redirects are looked after. One for each shard. */
export function pageFetcherOf(dependencies: Dependencies): PageFetcher {
  const { version, pageDelayMs = DELAY_MS, httpClient = fetchClient(dependencies) } = dependencies;
  const polite = new PoliteClient(httpClient, systemClock, new AbortController().signal);
  return new PageFetcher(polite, new Robots(polite, `linesieve/${version}`, pageDelayMs), null, pageDelayMs);
}

/** A page as a document, or why it is none. */
export async function fetchDocument(
  fetcher: PageFetcher,
  { address, lastModified }: PageItem,
  decode: (bytes: Uint8Array, contentType: string | null, address: string) => string | null = pageText,
): Promise<TextDocumentItem | SourceNotice> {
  const place = { source: address };
  const fetched = await fetcher.fetch(address, {
    maxBytes: MOST_BYTES,
    reads: (contentType) => documentType(contentType) !== undefined,
    mayLeadTo: () => true,
  });
  if (fetched.kind !== 'page') return { kind: fetched.kind, place, code: fetched.code, detail: fetched.detail };
  const content = decode(fetched.body, fetched.contentType, address);
  if (content === null) return failure(place, 'undecodable', `${address} is binary; only texts are read`);
  const modified = lastModified ?? isoOf(fetched.lastModified);
  return {
    kind: 'document',
    id: fetched.url.href,
    place,
    contentType: documentType(fetched.contentType) ?? null,
    content,
    ...(modified === null ? {} : { lastModified: modified }),
  };
}

/** An HTTP date as ISO 8601. */
function isoOf(date: string | null): string | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
