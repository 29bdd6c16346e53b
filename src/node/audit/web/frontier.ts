import { pageAddress, pageKey } from '../../../audit/sources/links.ts';

/** A page to visit. */
export interface Visit {
  readonly address: string;
  /** ISO 8601, where a sitemap says so: counts where the answer does not. */
  readonly lastModified?: string;
  /** Read whatever it names as canonical. */
  readonly standsForItself: boolean;
}

/**
 * Pages to visit, breadth first, each once by its key. Where a page names another one as canonical, that one is read in its
 * place; should it turn out unreadable, the pages that named it are read after all, so that a wrong canonical hides
 * nothing. Memory: some 200 bytes a page, at most `most` pages.
 */
export class Frontier {
  readonly #most: number;
  readonly #queue: Visit[] = [];
  #next = 0;
  readonly #known = new Set<string>();
  readonly #read = new Set<string>();
  /** Visited, and no document came of it. */
  readonly #unread = new Set<string>();
  /** Key of a canonical page → those that named it. */
  readonly #stoodFor = new Map<string, string[]>();
  #full = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether pages were left out because there are more than `most`. */
  get overflowed(): boolean {
    return this.#full;
  }

  /** Adds a page unless it is known; returns whether it was added. */
  add(reference: string, lastModified?: string): boolean {
    const address = pageAddress(reference);
    if (address === null || this.#known.has(pageKey(address))) return false;
    return this.#push(address, false, lastModified);
  }

  /** The next page that has not been read meanwhile. */
  next(): Visit | null {
    while (this.#next < this.#queue.length) {
      const visit = this.#queue[this.#next++];
      if (!this.#read.has(pageKey(visit.address))) return visit;
    }
    return null;
  }

  /** Notes that a page was read; returns whether that is the first time. */
  markRead(address: string): boolean {
    const key = pageKey(address);
    if (this.#read.has(key)) return false;
    this.#known.add(key);
    this.#read.add(key);
    return true;
  }

  /** Whether `canonical` is read in the place of the page; it is queued where it is not known. */
  standsFor(canonical: string, visit: Visit): boolean {
    const key = pageKey(canonical);
    // Two pages that name each other: the one that was named first is read.
    if (visit.standsForItself || this.#stoodFor.has(pageKey(visit.address))) return false;
    if (this.#unread.has(key)) return false;
    this.#unread.add(pageKey(visit.address));
    if (!this.#read.has(key)) {
      if (!this.#known.has(key) && !this.#push(canonical, true)) return false;
      this.#stoodFor.set(key, [...(this.#stoodFor.get(key) ?? []), visit.address]);
    }
    return true;
  }

  /** Queues what a page that could not be read stood for. */
  markFailed(address: string): void {
    const key = pageKey(address);
    const pages = this.#stoodFor.get(key) ?? [];
    this.#stoodFor.delete(key);
    this.#unread.add(key);
    for (const page of pages) this.#queue.push({ address: page, standsForItself: true });
  }

  #push(address: string, standsForItself: boolean, lastModified?: string): boolean {
    if (this.#queue.length >= this.#most) {
      this.#full = true;
      return false;
    }
    this.#known.add(pageKey(address));
    this.#queue.push({ address, standsForItself, ...(lastModified === undefined ? {} : { lastModified }) });
    return true;
  }
}
