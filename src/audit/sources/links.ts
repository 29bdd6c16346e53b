import { Parser } from 'htmlparser2';

/** What a page refers to. Addresses are absolute, as `pageAddress` writes them, each once, in the order of the page. */
export interface PageLinks {
  readonly pages: readonly string[];
  /** Addresses that are not HTTP and not harmless either (`file:`, `ftp:` …), as they stand. */
  readonly foreign: readonly string[];
  /** Where the page says it stands; `null` where it does not or names itself. */
  readonly canonical: string | null;
}

/** Longest address that is followed, in UTF-16 units: what servers and sitemaps take; loops of relative links grow beyond it. */
export const LONGEST_ADDRESS = 2048;
/** Links of one page that are followed: a page of navigation has hundreds, a trap for crawlers has no end. */
const MOST_LINKS = 5000;
/** Parameters that say where a visitor came from and never which page is meant. */
const TRACKING =
  /^(?:utm_\w+|gclid|dclid|gbraid|wbraid|fbclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|spm|jsessionid|phpsessid|sid)$/i;
const SESSION_PATH = /;jsessionid=[^/?#]*/i;
const INDEX_PAGE = /\/(?:index|default)\.(?:html?|php|aspx?)$/i;
const QUIET_SCHEME = /^(?:https?|mailto|tel|sms|javascript|data|blob|about|whatsapp|weixin|tg):/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** Which attribute of an element leads to a page. Frames are pages too: injections hide there. */
const LEADS: Readonly<Record<string, string>> = { a: 'href', area: 'href', iframe: 'src', frame: 'src' };
const LEADING_REL = /(?:^|\s)(?:next|prev|alternate)(?:\s|$)/i;
const NO_PAGE = /^(?!text\/html|application\/xhtml)\w+\/./i;

/**
 * The address of the page that a reference means: absolute, HTTP, without fragment, credentials, tracking and session
 * parameters. `null` for everything else and for what is too long.
 */
export function pageAddress(reference: string, base?: string): string | null {
  if (!URL.canParse(reference, base)) return null;
  const url = new URL(reference, base);
  if (!/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  url.username = '';
  url.password = '';
  url.pathname = url.pathname.replace(SESSION_PATH, '');
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => !TRACKING.test(part.split('=', 1)[0] ?? ''));
  url.search = kept.filter((part) => part !== '').join('&');
  return url.href.length > LONGEST_ADDRESS ? null : url.href;
}

/** Equal for the spellings of one page: order of parameters, a slash or an index page at the end, `www.`, the scheme. */
export function pageKey(address: string): string {
  const url = new URL(address);
  const path = url.pathname.replace(INDEX_PAGE, '/').replace(/(?<=.)\/+$/, '');
  // As bytes: parameters in another encoding than UTF-8 would all decode to the same replacement character.
  const parameters = url.search.slice(1).split('&').toSorted().join('&');
  return `${url.host.replace(/^www\./, '')}${path}?${parameters}`;
}

/**
 * The links of an HTML page. `nofollow` and `noindex` are not obeyed, on purpose: they speak to search engines, and an owner
 * who audits a site wants the pages that someone kept from being noticed. O(length).
 */
export function linksOf(html: string, address: string): PageLinks {
  const reader = new LinkReader(address);
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
  parser.end(html);
  return reader.links();
}

class LinkReader {
  readonly #address: string;
  readonly #references: string[] = [];
  #base: string | null = null;
  #canonical: string | null = null;

  constructor(address: string) {
    this.#address = address;
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'base') this.#base ??= absolute(attributes.href, this.#address);
    else if (name === 'link') this.#onLink(attributes);
    else if (name === 'meta') this.#onMeta(attributes);
    else if (LEADS[name] !== undefined) this.#take(attributes[LEADS[name]]);
  }

  links(): PageLinks {
    const base = this.#base ?? this.#address;
    const pages = this.#references.map((reference) => pageAddress(reference, base));
    const foreign = this.#references.filter((each) => SCHEME.test(each) && !QUIET_SCHEME.test(each));
    const canonical = this.#canonical === null ? null : pageAddress(this.#canonical, base);
    return {
      pages: [...new Set(pages.filter((page) => page !== null))],
      foreign: [...new Set(foreign)],
      canonical: canonical === null || pageKey(canonical) === pageKey(this.#address) ? null : canonical,
    };
  }

  #onLink({ rel = '', href, type = '' }: Readonly<Record<string, string>>): void {
    if (/(?:^|\s)canonical(?:\s|$)/i.test(rel)) this.#canonical ??= href ?? null;
    else if (LEADING_REL.test(rel) && !NO_PAGE.test(type)) this.#take(href);
  }

  #onMeta(attributes: Readonly<Record<string, string>>): void {
    if (attributes['http-equiv']?.toLowerCase() !== 'refresh') return;
    this.#take(/url\s*=\s*["']?([^"']+)/i.exec(attributes.content ?? '')?.[1]);
  }

  #take(reference: string | undefined): void {
    const trimmed = reference?.trim() ?? '';
    if (trimmed !== '' && !trimmed.startsWith('#') && this.#references.length < MOST_LINKS)
      this.#references.push(trimmed);
  }
}

function absolute(reference: string | undefined, base: string): string | null {
  return reference !== undefined && URL.canParse(reference, base) ? new URL(reference, base).href : null;
}
