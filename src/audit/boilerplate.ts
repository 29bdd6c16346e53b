import type { Finding } from './finding.ts';
import { placeName } from './source.ts';

/** A line of a site that was found below certainty on many of its pages: reported once, for one look. */
export interface Boilerplate {
  /** As it stands on the first page, at most 300 units. */
  readonly text: string;
  readonly category: string;
  readonly documents: number;
  /** The highest P(spam) of its spans. */
  readonly posterior: number;
  /** The first pages. */
  readonly pages: readonly string[];
}

const SHOWN = 300;
const PAGES_LISTED = 100;
/** Different lines of that kind that are kept; a site has a few. */
export const MOST_BOILERPLATE = 1000;

interface Draft extends Boilerplate {
  documents: number;
  posterior: number;
  readonly pages: string[];
}

/** Gathers boilerplate, line by line. Memory: `MOST_BOILERPLATE` lines; what is beyond is counted. */
export class BoilerplateLines {
  readonly #lines = new Map<number, Draft>();
  spans = 0;

  /** `line` is the same for spans that belong together. Returns whether it is the first of its line. */
  add({ row, span }: Finding, line: number): boolean {
    this.spans++;
    const known = this.#lines.get(line);
    if (known === undefined && this.#lines.size === MOST_BOILERPLATE) return false;
    const { category, text } = span;
    const draft = known ?? { text: text.slice(0, SHOWN), category, documents: 0, posterior: 0, pages: [] };
    this.#lines.set(line, draft);
    const page = placeName(row.place);
    if (draft.pages.at(-1) !== page) draft.documents++;
    if (draft.pages.at(-1) !== page && draft.pages.length < PAGES_LISTED) draft.pages.push(page);
    draft.posterior = Math.max(draft.posterior, span.posterior);
    return known === undefined;
  }

  /** Commonest first. */
  list(): readonly Boilerplate[] {
    return [...this.#lines.values()].sort((a, b) => b.documents - a.documents);
  }
}
