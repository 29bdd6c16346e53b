import { Parser } from 'htmlparser2';

export interface SitemapEntry {
  readonly address: string;
  /** As the sitemap writes it: a W3C date. */
  readonly lastModified?: string;
}

/** What a sitemap names: pages, or other sitemaps where it is an index. `kind` is `none` where it is no sitemap at all. */
export interface Sitemap {
  readonly kind: 'pages' | 'index' | 'none';
  readonly entries: readonly SitemapEntry[];
  /** Entries behind the limit of the protocol, which are left out. */
  readonly leftOut: number;
}

/** Entries of one sitemap by the protocol (sitemaps.org). */
export const MOST_ENTRIES = 50_000;

/** Reads the XML of a sitemap or of an index, or the plain form: an address a line. O(length). */
export function parseSitemap(text: string): Sitemap {
  if (!/<(?:\w+:)?(?:urlset|sitemapindex)[\s>/]/.test(text)) return plainSitemap(text);
  const reader = new EntryReader();
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true });
  parser.end(text);
  return limited(reader.isIndex ? 'index' : 'pages', reader.entries);
}

function plainSitemap(text: string): Sitemap {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0 || !lines.every((line) => /^https?:\/\/\S+$/i.test(line))) return limited('none', []);
  return limited(
    'pages',
    lines.map((address) => ({ address })),
  );
}

function limited(kind: Sitemap['kind'], entries: readonly SitemapEntry[]): Sitemap {
  return { kind, entries: entries.slice(0, MOST_ENTRIES), leftOut: Math.max(0, entries.length - MOST_ENTRIES) };
}

class EntryReader {
  isIndex = false;
  readonly entries: SitemapEntry[] = [];
  #fields: { loc: string; lastmod: string } | null = null;
  #open: 'loc' | 'lastmod' | null = null;

  onopentag(qualified: string): void {
    const name = localName(qualified);
    if (name === 'sitemapindex') this.isIndex = true;
    else if (name === (this.isIndex ? 'sitemap' : 'url')) this.#fields = { loc: '', lastmod: '' };
    // `image:loc` and `video:…loc` belong to other vocabularies: only the sitemap's own name counts.
    else if (name === 'loc' || name === 'lastmod') this.#open = /^(?:image|video|news):/.test(qualified) ? null : name;
  }

  ontext(text: string): void {
    if (this.#fields !== null && this.#open !== null) this.#fields[this.#open] += text;
  }

  /** `implied`: the text ended before the element did, and its address may be cut. */
  onclosetag(qualified: string, implied: boolean): void {
    if (implied) return;
    const name = localName(qualified);
    if (name === 'loc' || name === 'lastmod') this.#open = null;
    if (name === (this.isIndex ? 'sitemap' : 'url')) this.#finish();
  }

  #finish(): void {
    const { loc = '', lastmod = '' } = this.#fields ?? {};
    this.#fields = null;
    if (loc.trim() === '') return;
    this.entries.push({ address: loc.trim(), ...(lastmod.trim() === '' ? {} : { lastModified: lastmod.trim() }) });
  }
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}
