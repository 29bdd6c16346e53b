import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { KnownPage, PageMemory } from '../../../audit/web/page-memory.ts';

export interface CachedPage extends KnownPage {
  /** SHA-256 of the body, in hexadecimal: the name of its file too. */
  readonly digest: string;
}

/**
 * Pages with an ETag or Last-Modified, as they came: an index (`pages.ndjson`, the last row of an address counts) and gzipped
 * bodies. With the body kept, an unchanged page is checked like any other, and a run that was killed loses none. Memory: the
 * index, some 300 bytes a page.
 */
export class PageCache implements PageMemory {
  readonly #folder: string;
  readonly #pages = new Map<string, CachedPage>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    const index = join(folder, 'pages.ndjson');
    const lines = existsSync(index) ? readFileSync(index, 'utf8').split('\n') : [];
    for (const line of lines) this.#restore(line);
    // A row that a kill cut short must not swallow the next one.
    if (lines.length > 0 && lines[lines.length - 1] !== '') appendFileSync(index, '\n');
  }

  get(url: string): CachedPage | null {
    return this.#pages.get(url) ?? null;
  }

  /** The body of a page; `null` where its file is gone or damaged: then it makes room for a whole one. */
  bodyOf({ url }: KnownPage, maxBytes: number): Uint8Array | null {
    const digest = this.#pages.get(url)?.digest ?? '';
    const path = this.#bodyPath(digest);
    try {
      const body = gunzipSync(readFileSync(path), { maxOutputLength: maxBytes });
      if (digestOf(body) === digest) return body;
    } catch {
      // Not there, cut short, or larger than what is read of a page today.
    }
    rmSync(path, { force: true });
    return null;
  }

  /** Keeps a page; one without a validator cannot be asked for conditionally and is not kept. */
  put(page: KnownPage, body: Uint8Array): void {
    if (page.etag === undefined && page.lastModified === undefined) return;
    const row: CachedPage = { ...page, digest: digestOf(body) };
    this.#writeBody(row.digest, body);
    this.#pages.set(page.url, row);
    appendFileSync(join(this.#folder, 'pages.ndjson'), `${JSON.stringify(row)}\n`);
  }

  #restore(line: string): void {
    try {
      const page = JSON.parse(line) as CachedPage;
      if (typeof page.url === 'string' && /^[\da-f]{64}$/.test(page.digest)) this.#pages.set(page.url, page);
    } catch {
      // A row cut short by a kill: its page is asked for as if it were new.
    }
  }

  /** Under another name first, so that a kill leaves no half body. */
  #writeBody(digest: string, body: Uint8Array): void {
    const path = this.#bodyPath(digest);
    if (existsSync(path)) return;
    writeFileSync(`${path}.part`, gzipSync(body));
    renameSync(`${path}.part`, path);
  }

  #bodyPath(digest: string): string {
    return join(this.#folder, `${digest}.gz`);
  }
}

function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
