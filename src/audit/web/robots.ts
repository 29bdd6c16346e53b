import robotsModule from 'robots-parser';
import { FetchFailure } from './fetch-failure.ts';
import type { HttpAnswer } from './http.ts';
import type { PoliteClient } from './polite-client.ts';
import { followRedirects } from './redirects.ts';

/** What a host asks of crawlers. */
export interface RobotsRules {
  /** Why a page must not be read; `null` where it may.  */
  readonly refusal: (url: URL) => FetchFailure | null;
  /** Milliseconds between requests that the host asks for; 0 where it does not. */
  readonly delayMs: number;
  readonly sitemaps: readonly string[];
}

/** The package is CommonJS: its default import is the function itself, of which its types say something else to each resolver. */
const robotsParser = robotsModule as unknown as (address: string, text: string) => ParsedRobots;
interface ParsedRobots {
  isAllowed(address: string, product: string): boolean | undefined;
  getCrawlDelay(product: string): number | undefined;
  getSitemaps(): string[];
}
/** RFC 9309: at least 500 kB must be read. What is larger is taken for broken. */
const MOST_BYTES = 512 * 1024;
/** A host that wants more time between two pages would take weeks: it is reported and left alone. */
const LONGEST_DELAY_MS = 60_000;

/** The robots.txt of each origin, asked for once (RFC 9309). */
export class Robots {
  readonly #client: PoliteClient;
  readonly #product: string;
  readonly #delayMs: number;
  readonly #rules = new Map<string, Promise<RobotsRules>>();

  /** `userAgent` is matched by its first word, without the version. */
  constructor(client: PoliteClient, userAgent: string, delayMs: number) {
    this.#client = client;
    this.#product = userAgent.split(/[/\s]/, 1)[0] ?? '';
    this.#delayMs = delayMs;
  }

  of({ origin }: URL): Promise<RobotsRules> {
    const known = this.#rules.get(origin);
    if (known !== undefined) return known;
    const asked = this.#ask(`${origin}/robots.txt`);
    this.#rules.set(origin, asked);
    return asked;
  }

  async #ask(address: string): Promise<RobotsRules> {
    try {
      const { answer } = await followRedirects(new URL(address), (url) => this.#get(url));
      return this.#rulesOf(address, answer);
    } catch (error) {
      if (!(error instanceof FetchFailure)) throw error;
      return nothingAllowed(error.code, `robots.txt cannot be read (${error.message})`);
    }
  }

  #get(url: URL): Promise<HttpAnswer> {
    return this.#client.get(
      url,
      { headers: { accept: 'text/plain' }, maxBytes: MOST_BYTES, wantsBody: ({ status }) => status === 200 },
      this.#delayMs,
    );
  }

  /** No such file allows all; a server that is down, or too busy, may have rules that are not known: nothing is allowed. */
  #rulesOf(address: string, { status, body }: HttpAnswer): RobotsRules {
    if (body !== null) return parseRobots(address, new TextDecoder().decode(body), this.#product);
    if (status >= 400 && status < 500 && status !== 429) return parseRobots(address, '', this.#product);
    return nothingAllowed('robots-unreadable', `${address} answered ${status}`);
  }
}

export function parseRobots(address: string, text: string, product: string): RobotsRules {
  const robots = robotsParser(address, text);
  const asked = (robots.getCrawlDelay(product) ?? 0) * 1000;
  const sitemaps = robots
    .getSitemaps()
    .map((each) => (URL.canParse(each, address) ? new URL(each, address).href : each));
  if (asked > LONGEST_DELAY_MS)
    return nothingAllowed('robots', `${address} asks for ${asked / 1000} s between two pages`, sitemaps);
  return {
    refusal: (url) =>
      robots.isAllowed(url.href, product) === false
        ? new FetchFailure('robots', `${address} disallows ${url.pathname}`)
        : null,
    delayMs: Number.isFinite(asked) && asked > 0 ? asked : 0,
    sitemaps,
  };
}

function nothingAllowed(code: string, reason: string, sitemaps: readonly string[] = []): RobotsRules {
  return { refusal: () => new FetchFailure(code, `${reason}, so nothing is read there`), delayMs: 0, sitemaps };
}
