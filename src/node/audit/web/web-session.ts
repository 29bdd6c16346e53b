import { anyAddress, publicOnly, type AddressGuard, type Resolve } from './address-guard.ts';
import { systemClock, type Clock } from '../../../audit/web/clock.ts';
import { PageFetcher } from '../../../audit/web/fetch-page.ts';
import { HttpClient } from './http-client.ts';
import { PageCache } from './page-cache.ts';
import { PoliteClient } from '../../../audit/web/polite-client.ts';
import { Robots } from '../../../audit/web/robots.ts';
import type { WebOptions } from './web-options.ts';

/** What a test puts in place of the machine. */
export interface WebSurroundings {
  readonly clock?: Clock;
  readonly guard?: AddressGuard;
  readonly resolve?: Resolve;
}

/** What the pages of one source are read with. */
export interface WebSession {
  readonly options: WebOptions;
  readonly signal: AbortSignal;
  readonly fetcher: PageFetcher;
  readonly robots: Robots;
  /** Ends what is under way. */
  readonly close: () => void;
}

export function openWebSession(
  options: WebOptions,
  outer: AbortSignal,
  surroundings: WebSurroundings = {},
): WebSession {
  const { clock = systemClock, guard = options.allowPrivate ? anyAddress : publicOnly, resolve } = surroundings;
  const own = new AbortController();
  const signal = AbortSignal.any([outer, own.signal]);
  const { userAgent, timeoutMs, delayMs, cacheFolder } = options;
  const client = new HttpClient({ userAgent, guard, timeoutMs, signal, ...(resolve === undefined ? {} : { resolve }) });
  const polite = new PoliteClient(client, clock, signal);
  const robots = new Robots(polite, userAgent, delayMs);
  const cache = cacheFolder === null ? null : new PageCache(cacheFolder);
  const close = (): void => {
    own.abort();
    client.close();
  };
  return { options, signal, fetcher: new PageFetcher(polite, robots, cache, delayMs), robots, close };
}
