import { foldString } from '../text/fold.ts';
import { CampaignGroups } from './campaign-groups.ts';
import type { FindingRow, FoundSpan } from './finding-row.ts';
import { placeName } from './source.ts';

/** The same injection on many documents. */
export interface Campaign {
  /** `c1` is the largest. */
  readonly id: string;
  readonly name: string;
  readonly documents: number;
  readonly spans: number;
  readonly categories: Readonly<Record<string, number>>;
  readonly positions: Readonly<Record<string, number>>;
  /** Commonest first, each with the number of spans that have it. */
  readonly phrases: readonly (readonly [string, number])[];
  readonly hosts: readonly (readonly [string, number])[];
  /** Over the dates that the sources know; absent where they know none. */
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  /** The first pages, at most `PAGES_LISTED`; findings.ndjson has them all. */
  readonly pages: readonly string[];
}

const PAGES_LISTED = 1000;
const TERMS_LISTED = 10;
/** Distinct phrases that are counted for one campaign: generated lists never end, and their commonest come early. */
const MOST_PHRASES = 2000;

/** Gathers rows, then groups them. Memory: a sketch a span, and counts a campaign. */
export class CampaignFinder {
  readonly #groups = new CampaignGroups();
  readonly #ids = new Map<number, string>();

  /** First reading of the findings. */
  add(row: FindingRow): void {
    for (const span of row.spans) this.#groups.add(span);
  }

  /** Second reading of the same findings, in the same order. */
  async summarise(rows: AsyncIterable<FindingRow>): Promise<readonly Campaign[]> {
    const drafts = new Map<number, Draft>();
    let number = 0;
    for await (const row of rows) {
      for (const span of row.spans) {
        const group = this.#groups.groupOf(number++);
        const draft = drafts.get(group) ?? new Draft();
        drafts.set(group, draft);
        draft.add(row, span);
      }
    }
    const ordered = [...drafts].sort(([a, x], [b, y]) => y.documents - x.documents || a - b);
    return ordered.map(([group, draft], i) => {
      this.#ids.set(group, `c${i + 1}`);
      return draft.finish(`c${i + 1}`);
    });
  }

  /** The campaign of the span that was added as the `number`th, from 0. */
  idOf(number: number): string {
    return this.#ids.get(this.#groups.groupOf(number)) ?? '';
  }
}

class Draft {
  documents = 0;
  readonly #spans: Record<string, number> = {};
  readonly #positions: Record<string, number> = {};
  readonly #phrases = new Map<string, number>();
  readonly #hosts = new Map<string, number>();
  readonly #pages: string[] = [];
  #last = '';
  #seen: Pick<Required<Campaign>, 'firstSeen' | 'lastSeen'> | null = null;

  add(row: FindingRow, { text, category, position, hosts }: FoundSpan): void {
    const page = placeName(row.place);
    if (page !== this.#last) this.documents++;
    if (page !== this.#last && this.#pages.length < PAGES_LISTED) this.#pages.push(page);
    this.#last = page;
    this.#spans[category] = (this.#spans[category] ?? 0) + 1;
    this.#positions[position] = (this.#positions[position] ?? 0) + 1;
    for (const phrase of phrasesOf(text)) count(this.#phrases, phrase);
    for (const host of hosts) count(this.#hosts, host);
    this.#see(row.lastModified);
  }

  finish(id: string): Campaign {
    const phrases = top(this.#phrases);
    const hosts = top(this.#hosts);
    const category = Object.entries(this.#spans).sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
    const terms = [...hosts.slice(0, 1), ...phrases.slice(0, 2)].map(([term]) => term);
    return {
      id,
      name: [category, ...terms].join(' · '),
      documents: this.documents,
      spans: Object.values(this.#spans).reduce((sum, each) => sum + each, 0),
      categories: this.#spans,
      positions: this.#positions,
      phrases,
      hosts,
      ...this.#seen,
      pages: this.#pages,
    };
  }

  #see(date: string | undefined): void {
    if (date === undefined) return;
    const { firstSeen = date, lastSeen = date } = this.#seen ?? {};
    this.#seen = { firstSeen: date < firstSeen ? date : firstSeen, lastSeen: date > lastSeen ? date : lastSeen };
  }
}

/** Folded phrases between marks, of 2 to 24 units, each once. */
function phrasesOf(text: string): Set<string> {
  const parts = foldString(text.replace(/<[^>]*>/g, '\n')).split(/[^\p{L}\p{N} ]+/u);
  return new Set(parts.map((part) => part.trim()).filter(({ length }) => length >= 2 && length <= 24));
}

function count(counts: Map<string, number>, key: string): void {
  const before = counts.get(key);
  if (before !== undefined || counts.size < MOST_PHRASES) counts.set(key, (before ?? 0) + 1);
}

function top(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, TERMS_LISTED);
}
