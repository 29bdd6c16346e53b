import { Parser } from 'htmlparser2';
import { failure, LARGEST_DOCUMENT, tooLarge, type AuditSource, type ByteStream, type SourceItem } from '../source.ts';
import { textOfBytes } from './records.ts';
import { itemsOfPost } from './wordpress-post.ts';

const WANTED = new Set([
  'title',
  'content:encoded',
  'excerpt:encoded',
  'wp:post_id',
  'wp:status',
  'wp:post_type',
  'wp:post_modified',
]);

/** The posts of a WordPress export (WXR), read as it streams; memory: one post. */
export async function* wxrSource(source: string, bytes: ByteStream): AuditSource & AsyncGenerator<SourceItem> {
  const items: SourceItem[] = [];
  const reader = new ItemReader(source, items);
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true });
  for await (const text of textOfBytes(bytes)) {
    parser.write(text);
    yield* items.splice(0);
  }
  parser.end();
  yield* items.splice(0);
  if (reader.count === 0) yield failure({ source }, 'no-posts', `${source} has no <item>; is it a WordPress export?`);
}

class ItemReader {
  count = 0;
  readonly #source: string;
  readonly #items: SourceItem[];
  #fields: Map<string, string[]> | null = null;
  #open = '';
  #length = 0;

  constructor(source: string, items: SourceItem[]) {
    this.#source = source;
    this.#items = items;
  }

  onopentag(name: string): void {
    if (name === 'item') {
      this.#fields = new Map();
      this.#length = 0;
    } else if (this.#fields !== null && WANTED.has(name)) this.#open = name;
  }

  ontext(text: string): void {
    if (this.#fields === null || this.#open === '') return;
    this.#length += text.length;
    if (this.#length > LARGEST_DOCUMENT) return;
    const parts = this.#fields.get(this.#open);
    if (parts === undefined) this.#fields.set(this.#open, [text]);
    else parts.push(text);
  }

  onclosetag(name: string): void {
    if (name === this.#open) this.#open = '';
    if (name === 'item') this.#finish();
  }

  #finish(): void {
    this.count++;
    const found = (name: string): string => this.#fields?.get(name)?.join('') ?? '';
    const id = found('wp:post_id') || `item ${this.count}`;
    if (this.#length > LARGEST_DOCUMENT) this.#items.push(tooLarge({ source: this.#source, entry: id }));
    else {
      const post = {
        ID: id,
        post_title: found('title'),
        post_content: found('content:encoded'),
        post_excerpt: found('excerpt:encoded'),
        post_status: found('wp:status'),
        post_type: found('wp:post_type'),
        post_modified: found('wp:post_modified'),
      };
      this.#items.push(...itemsOfPost(this.#source, post));
    }
    this.#fields = null;
  }
}
