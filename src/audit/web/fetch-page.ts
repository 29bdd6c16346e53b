import type { ContentType } from '../source.ts';
import { FetchFailure } from './fetch-failure.ts';
import type { HttpAnswer, HttpHead } from './http.ts';
import type { PageMemory } from './page-memory.ts';
import type { PoliteClient } from './polite-client.ts';
import { followRedirects } from './redirects.ts';
import type { Robots } from './robots.ts';

/** A page as it came, or why it did not. */
export type Fetched =
  | {
      readonly kind: 'page';
      /** Where it stands: behind all redirects. */
      readonly url: URL;
      readonly contentType: string | null;
      /** As the header has it. */
      readonly lastModified: string | null;
      readonly body: Uint8Array;
      /** The server said that it is what the cache holds. */
      readonly unchanged: boolean;
    }
  | { readonly kind: 'skipped' | 'error'; readonly code: string; readonly detail: string };

export interface FetchRules {
  readonly maxBytes: number;
  /** Whether a Content-Type is one to read. */
  readonly reads: (contentType: string | null) => boolean;
  /** Whether a redirect may lead there. */
  readonly mayLeadTo: (url: URL) => boolean;
}

/** Fetches whole pages: robots.txt, distance, redirects and the cache are looked after. Memory: one page. */
export class PageFetcher {
  readonly #client: PoliteClient;
  readonly #robots: Robots;
  readonly #cache: PageMemory | null;
  readonly #delayMs: number;

  constructor(client: PoliteClient, robots: Robots, cache: PageMemory | null, delayMs: number) {
    this.#client = client;
    this.#robots = robots;
    this.#cache = cache;
    this.#delayMs = delayMs;
  }

  async fetch(address: string, rules: FetchRules): Promise<Fetched> {
    try {
      const { url, answer } = await followRedirects(new URL(address), (hop, from) => this.#hop(hop, from, rules));
      return await this.#pageOf(url, answer, rules);
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      const kind = SKIPS.has(error.code) ? 'skipped' : 'error';
      return { kind, code: error.code, detail: error.message };
    }
  }

  async #hop(url: URL, from: URL | null, rules: FetchRules): Promise<HttpAnswer> {
    if (!/^https?:$/.test(url.protocol)) {
      throw new FetchFailure(
        'scheme',
        `${from?.href ?? 'the source'} leads to ${url.href}; only http and https are read`,
      );
    }
    if (from !== null && !rules.mayLeadTo(url)) {
      throw new FetchFailure('off-site', `${from.href} redirects to another site, ${url.href}`);
    }
    const { refusal, delayMs } = await this.#robots.of(url);
    const refused = refusal(url);
    if (refused !== null) throw refused;
    return this.#ask(url, rules, Math.max(this.#delayMs, delayMs));
  }

  #ask(url: URL, rules: FetchRules, delayMs: number): Promise<HttpAnswer> {
    const wantsBody = ({ status, headers }: HttpHead): boolean =>
      status === 200 && rules.reads(headers['content-type'] ?? null);
    return this.#client.get(
      url,
      { headers: this.#conditions(url, rules.maxBytes), maxBytes: rules.maxBytes, wantsBody },
      delayMs,
    );
  }

  /** Asks for a change only where the body is there to be used if there was none. */
  #conditions({ href }: URL, maxBytes: number): Record<string, string> {
    const known = this.#cache?.get(href) ?? null;
    if (known === null || this.#cache?.bodyOf(known, maxBytes) === null) return {};
    if (known.etag !== undefined) return { 'if-none-match': known.etag };
    return known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified };
  }

  async #pageOf(url: URL, { status, headers, body }: HttpAnswer, { maxBytes, reads }: FetchRules): Promise<Fetched> {
    const contentType = headers['content-type'] ?? null;
    const lastModified = headers['last-modified'] ?? null;
    if (status === 304) return this.#unchanged(url, maxBytes);
    if (status !== 200) return answered(url, status);
    if (body === null || !reads(contentType)) {
      return { kind: 'skipped', code: 'content-type', detail: `${url.href} is ${contentType ?? 'of no type'}` };
    }
    const { etag } = headers;
    const validators = { ...(etag === undefined ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
    this.#cache?.put({ url: url.href, contentType, ...validators }, body);
    return { kind: 'page', url, contentType, lastModified, body, unchanged: false };
  }

  #unchanged(url: URL, maxBytes: number): Fetched {
    const known = this.#cache?.get(url.href) ?? null;
    const body = known === null ? null : (this.#cache?.bodyOf(known, maxBytes) ?? null);
    if (known === null || body === null) return answered(url, 304);
    const { contentType, lastModified = null } = known;
    return { kind: 'page', url, contentType, lastModified, body, unchanged: true };
  }
}

const SKIPS = new Set(['robots', 'off-site']);

function answered(url: URL, status: number): Fetched {
  const kind = status >= 400 && status < 500 && status !== 429 ? 'skipped' : 'error';
  return { kind, code: 'status', detail: `${url.href} answered ${status}` };
}

/** Which kind of document a Content-Type means; `undefined` for one that is not read, `null` where none was sent. */
export function documentType(contentType: string | null): ContentType | null | undefined {
  if (contentType === null || contentType.trim() === '') return null;
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'text/html';
  if (type === 'text/markdown' || type === 'text/x-markdown') return 'text/markdown';
  return type === 'text/plain' ? 'text/plain' : undefined;
}
