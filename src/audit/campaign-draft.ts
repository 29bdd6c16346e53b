import { foldString } from '../text/fold.ts';
import { brandsOf } from './brands.ts';
import type { Campaign } from './campaign.ts';
import type { FindingRow, FoundSpan } from './finding-row.ts';
import { placeName } from './source.ts';

const PAGES_LISTED = 1000;
const TERMS_LISTED = 10;
/** Distinct phrases that are counted for one campaign: generated lists never end, and their commonest come early. */
const MOST_PHRASES = 2000;
/** A name is taken for a brand where two spans have it: once is chance. */
const LEAST_OF_BRAND = 2;

/** When a span was seen: on the day of its document where the source knows it, else on days of runs. */
export interface SeenDays {
  readonly documentDay?: string;
  /** The day of the earliest run that found it. */
  readonly firstRun: string;
  readonly lastRun: string;
}

interface Days {
  first: string;
  last: string;
}

/** What is gathered of one campaign. */
export class CampaignDraft {
  #documents = 0;
  readonly #spans: Record<string, number> = {};
  readonly #positions: Record<string, number> = {};
  readonly #phrases = new Map<string, number>();
  readonly #brands = new Map<string, number>();
  readonly #hosts = new Map<string, number>();
  readonly #pages: string[] = [];
  #last = '';
  #byDocuments: Days | null = null;
  #byRuns: Days | null = null;

  add(row: FindingRow, { text, category, position, hosts }: FoundSpan, days: SeenDays): void {
    const page = placeName(row.place);
    if (page !== this.#last) this.#documents++;
    if (page !== this.#last && this.#pages.length < PAGES_LISTED) this.#pages.push(page);
    this.#last = page;
    this.#spans[category] = (this.#spans[category] ?? 0) + 1;
    this.#positions[position] = (this.#positions[position] ?? 0) + 1;
    for (const phrase of phrasesOf(text, hosts)) count(this.#phrases, phrase);
    for (const brand of brandsOf(text, hosts)) count(this.#brands, brand);
    for (const host of hosts) count(this.#hosts, host);
    const { documentDay, firstRun, lastRun } = days;
    if (documentDay !== undefined) this.#byDocuments = widened(this.#byDocuments, documentDay, documentDay);
    this.#byRuns = widened(this.#byRuns, firstRun, lastRun);
  }

  finish(id: string): Campaign {
    const phrases = top(this.#phrases);
    const hosts = top(this.#hosts);
    const brands = top(this.#brands).filter(([, spans]) => spans >= LEAST_OF_BRAND);
    const days = this.#byDocuments ?? this.#byRuns;
    return {
      id,
      name: nameOf(this.#category(), hosts, brands, phrases),
      documents: this.#documents,
      spans: Object.values(this.#spans).reduce((sum, each) => sum + each, 0),
      categories: this.#spans,
      positions: this.#positions,
      phrases,
      brands,
      hosts,
      ...(days === null ? {} : { firstSeen: days.first, lastSeen: days.last }),
      datesOf: this.#byDocuments === null ? 'runs' : 'documents',
      pages: this.#pages,
    };
  }

  #category(): string {
    return Object.entries(this.#spans).sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  }
}

type Terms = readonly (readonly [string, number])[];

/** The category, whom it is for (host or brand), and its two commonest phrases. */
function nameOf(category: string, hosts: Terms, brands: Terms, phrases: Terms): string {
  const whom = (hosts[0] ?? brands[0])?.[0];
  const said = phrases.map(([phrase]) => phrase).filter((phrase) => phrase !== whom);
  return [category, whom, ...said.slice(0, 2)].filter((term) => term !== undefined).join(' · ');
}

function widened(days: Days | null, first: string, last: string): Days {
  if (days === null) return { first, last };
  return { first: first < days.first ? first : days.first, last: last > days.last ? last : days.last };
}

/** Folded phrases between marks, of 2 to 24 units, each once; hosts are counted as such. */
function phrasesOf(text: string, hosts: readonly string[]): Set<string> {
  const folded = foldString(text.replace(/<[^<>]*>|https?:\/\//gi, '|'));
  const said = hosts.reduce((rest, host) => rest.replaceAll(host, '|'), folded);
  const parts = said.split(/[^\p{L}\p{N} ]+/u).map((part) => part.trim());
  return new Set(parts.filter((part) => part.length >= 2 && part.length <= 24 && part !== 'www'));
}

function count(counts: Map<string, number>, key: string): void {
  const before = counts.get(key);
  if (before !== undefined || counts.size < MOST_PHRASES) counts.set(key, (before ?? 0) + 1);
}

function top(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, TERMS_LISTED);
}
