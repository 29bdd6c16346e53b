import { UserFailure } from '../../failure.ts';
import { VERSION } from '../../../version.ts';

/** How pages are fetched. */
export interface WebOptions {
  /** Its first word, without the version, is what robots.txt may name. */
  readonly userAgent: string;
  /** Milliseconds between the starts of two requests to one host; a Crawl-delay that is longer counts instead. */
  readonly delayMs: number;
  /** Requests under way at once, over all hosts. */
  readonly concurrency: number;
  /** Pages of one source; what is left is reported. */
  readonly maxPages: number;
  /** Bytes of a page, before and after decompression. */
  readonly maxPageBytes: number;
  /** For one request, from the first byte sent to the last one read. */
  readonly timeoutMs: number;
  readonly allowPrivate: boolean;
  /** Folder of the pages that were fetched; `null` keeps none. */
  readonly cacheFolder: string | null;
}

/** As the command line has them, all in text. */
export interface WebFlags {
  readonly delay?: string;
  readonly concurrency?: string;
  readonly maxPages?: string;
  readonly maxPageBytes?: string;
  readonly timeout?: string;
  readonly allowPrivate?: boolean;
  readonly userAgent?: string;
  readonly pageCache?: string;
}

/**
 * Half a second and two at a time: a small shop's server does not notice. 10,000 pages take an hour and a half then; 8 MB
 * hold the longest honest page a hundred times over.
 */
export const DEFAULT_WEB_OPTIONS: WebOptions = {
  userAgent: `linesieve/${VERSION}`,
  delayMs: 500,
  concurrency: 2,
  maxPages: 10_000,
  maxPageBytes: 8 * 1024 * 1024,
  timeoutMs: 30_000,
  allowPrivate: false,
  cacheFolder: null,
};

/** Throws a UserFailure that names the wrong flag. `cacheFolder` is where pages are kept unless a flag says otherwise. */
export function parseWebFlags(flags: WebFlags, cacheFolder: string | null): WebOptions {
  const defaults = DEFAULT_WEB_OPTIONS;
  return {
    userAgent: userAgentOf(flags.userAgent ?? defaults.userAgent),
    delayMs: figure('--delay', flags.delay, 0, 3600, defaults.delayMs / 1000) * 1000,
    concurrency: whole('--concurrency', flags.concurrency, 1, 64, defaults.concurrency),
    maxPages: whole('--max-pages', flags.maxPages, 1, 10_000_000, defaults.maxPages),
    maxPageBytes: whole('--max-page-bytes', flags.maxPageBytes, 1024, 16 * 1024 * 1024, defaults.maxPageBytes),
    timeoutMs: figure('--timeout', flags.timeout, 0.1, 3600, defaults.timeoutMs / 1000) * 1000,
    allowPrivate: flags.allowPrivate ?? false,
    cacheFolder: flags.pageCache ?? cacheFolder,
  };
}

function userAgentOf(given: string): string {
  if (/^[\w!#$%&'*+.^`|~-]+(?:\/[\x21-\x7e]+)?(?: [\x20-\x7e]+)?$/.test(given)) return given;
  throw new UserFailure(
    `--user-agent ${given}: give a name and a version, like shop-audit/1.0 (+https://shop.example/audit)`,
  );
}

function figure(flag: string, given: string | undefined, least: number, most: number, unset: number): number {
  if (given === undefined) return unset;
  const value = Number(given);
  if (given.trim() !== '' && value >= least && value <= most) return value;
  throw new UserFailure(`${flag} ${given}: give a number from ${least} to ${most}`);
}

function whole(flag: string, given: string | undefined, least: number, most: number, unset: number): number {
  const value = figure(flag, given, least, most, unset);
  if (Number.isInteger(value)) return value;
  throw new UserFailure(`${flag} ${given}: give a whole number from ${least} to ${most}`);
}
