import type { CheckInput } from '../index.ts';
import type { Novelty } from '../samples/novelty.ts';
import type { Store } from '../store/store.ts';
import { htmlDocument } from '../text/markup-html.ts';
import { markdownDocument } from '../text/markup-markdown.ts';
import { figuresOf, noveltyKey } from '../training/line-figures.ts';
import { weekOf } from './calendar.ts';
import type { Judged } from './judged.ts';

/** Counts wait so long in memory, so that a check costs no write for them; a process that dies loses as much. */
const WAIT_MS = 10_000;
/** Documents of a site, in that time, of which novel lines are counted, and units of each that are read: some milliseconds of work. */
const MOST_READ = 20;
const UNITS_READ = 10_000;

interface Waiting {
  readonly tenant: string;
  readonly week: string;
  readonly counts: Map<string, number>;
  /** Held in memory until they are counted, never kept. */
  readonly documents: CheckInput[];
}

/** Counts what was judged, for the weekly figures. */
export class FigureCollector {
  readonly #store: Store;
  readonly #noveltyOf: () => Promise<Novelty | null>;
  #waiting = new Map<string, Waiting>();
  #since: number | null = null;

  constructor(store: Store, noveltyOf: () => Promise<Novelty | null>) {
    this.#store = store;
    this.#noveltyOf = noveltyOf;
  }

  /** Notes verdicts; now and then, what was noted is written. Gives the tenants of which something was written. */
  async add(tenant: string, judged: readonly Judged[], now: number): Promise<readonly string[]> {
    const week = weekOf(now);
    const place = `${tenant}\n${week}`;
    const waiting: Waiting = this.#waiting.get(place) ?? { tenant, week, counts: new Map(), documents: [] };
    this.#waiting.set(place, waiting);
    for (const one of judged) {
      for (const [key, count] of keysOf(one)) add(waiting.counts, key, count);
      if (waiting.documents.length < MOST_READ) waiting.documents.push(one.input);
    }
    this.#since ??= now;
    return now - this.#since >= WAIT_MS ? await this.flush() : [];
  }

  async flush(): Promise<readonly string[]> {
    const waiting = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#since = null;
    const novelty = await this.#noveltyOf();
    for (const { tenant, week, counts, documents } of waiting) {
      if (novelty !== null)
        for (const share of documents.flatMap((one) => novelty.sharesOf(textOf(one).slice(0, UNITS_READ))))
          add(counts, `unseen\n${noveltyKey(share)}`, 1);
      const rows = [...counts].map(([name, count]) => {
        const [figure = '', key = ''] = name.split('\n');
        return { figure, key, count };
      });
      if (rows.length > 0) await this.#store.figures.add(tenant, week, rows);
    }
    return waiting.map(({ tenant }) => tenant);
  }
}

function* keysOf({ verdict }: Judged): Generator<[name: string, count: number]> {
  yield [`verdict\n${verdict.verdict}`, 1];
  yield [`posterior\n${Math.min(9, Math.floor(10 * verdict.posterior))}`, 1];
  for (const [figure, key, count] of figuresOf(verdict)) yield [`${figure}\n${key}`, count];
}

function textOf({ text, html, markdown }: CheckInput): string {
  if (html !== undefined) return htmlDocument(html.slice(0, UNITS_READ)).text;
  return markdown === undefined ? (text ?? '') : markdownDocument(markdown.slice(0, UNITS_READ)).text;
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
