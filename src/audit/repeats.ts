import type { FindingRow, FoundSpan } from './finding-row.ts';
import { templateOf, type LineTemplate } from './line-template.ts';
import { siteOf } from './site.ts';

/** Pages of a site from which on a line can be its boilerplate: an injection of a few pages stays below. Chosen, not fitted. */
const LEAST_PAGES = 5;
/** The share of the pages of a site that makes a line a part of its frame. */
const MOST_OF_SITE = 0.5;
/** Different numbers that are remembered of a line: enough to see that a program fills them in. */
const NUMBERS = 8;
/** Of these, how many must differ. */
const LEAST_NUMBERS = 4;

/** A line of one site, numbers aside. */
interface SiteLine {
  documents: number;
  last: number;
  certain: boolean;
  readonly numbers: Set<string>;
}

/**
 * Lines that stand on several documents. Two readings of the findings: `add` each row, then ask in the same order. Memory: a
 * number a span, and a record for each different line.
 *
 * Boilerplate is a line below certainty on `LEAST_PAGES` pages of a site or more, visible, without a foreign link or a
 * telephone number, that covers half of the site or has other numbers each time. How many pages a site has is known
 * where the audit found something on one site only: then it is all that was read.
 */
export class RepeatFinder {
  readonly #lines: SiteLine[] = [];
  readonly #lineOf: number[] = [];
  readonly #templateOf: number[] = [];
  readonly #bySite = new Map<string, number>();
  readonly #templates = new Map<number, { documents: number; last: number; readonly number: number }>();
  readonly #pages: number[] = [];
  readonly #sites = new Set<string>();
  #documents = 0;

  add(row: FindingRow): void {
    const site = siteOf(row);
    this.#sites.add(site);
    for (const span of row.spans) this.#addSpan(span, site);
    this.#documents++;
  }

  /** Documents with the line of the span that was added as the `number`th, from 0. */
  pagesOf(number: number): number {
    return this.#pages[this.#templateOf[number]];
  }

  /** `read`: documents of the whole audit. */
  isBoilerplate(number: number, read: number): boolean {
    const { certain, documents, numbers } = this.#lines[this.#lineOf[number]];
    if (certain || documents < LEAST_PAGES) return false;
    const isFrame = this.#sites.size === 1 && documents >= MOST_OF_SITE * read;
    return isFrame || numbers.size >= LEAST_NUMBERS;
  }

  /** The line of a span within its site: equal for spans that are reported together. */
  lineOf(number: number): number {
    return this.#lineOf[number];
  }

  #addSpan(span: FoundSpan, site: string): void {
    const template = templateOf(span.text);
    this.#countTemplate(template.key);
    const key = `${template.key} ${site}`;
    const number = this.#bySite.get(key) ?? this.#lines.length;
    if (number === this.#lines.length) {
      this.#bySite.set(key, number);
      this.#lines.push({ documents: 0, last: -1, certain: false, numbers: new Set() });
    }
    this.#lineOf.push(number);
    const line = this.#lines[number];
    if (line.last !== this.#documents) line.documents++;
    line.last = this.#documents;
    if (isCertain(span, template, site)) line.certain = true;
    if (template.numbers !== '' && line.numbers.size < NUMBERS) line.numbers.add(template.numbers);
  }

  #countTemplate(key: number): void {
    const known = this.#templates.get(key) ?? { documents: 0, last: -1, number: this.#templates.size };
    this.#templates.set(key, known);
    if (known.last !== this.#documents) known.documents++;
    known.last = this.#documents;
    this.#pages[known.number] = known.documents;
    this.#templateOf.push(known.number);
  }
}

/** What a line of the site's own does not have. */
function isCertain({ action, position, hosts }: FoundSpan, { hasContact }: LineTemplate, site: string): boolean {
  return action === 'remove' || position === 'hidden' || hasContact || hosts.some((host) => !isOwn(host, site));
}

function isOwn(host: string, site: string): boolean {
  const own = site.replace(/^www\./, '').replace(/:\d+$/, '');
  return host === own || host.endsWith(`.${own}`);
}
