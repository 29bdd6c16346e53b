import { failure, tooLarge, type AuditSource, type ByteStream, type SourceItem } from '../source.ts';
import { textOfBytes } from './records.ts';
import { SqlTokens, type SqlToken } from './sql-tokens.ts';
import { itemsOfPost, type WordPressPost } from './wordpress-post.ts';

const POSTS = /(?:^|_)posts$/;
/** Columns as WordPress has made them since 3.4; a CREATE TABLE or a list of columns in the dump goes before it. */
const DEFAULT_COLUMNS = (
  'ID post_author post_date post_date_gmt post_content post_title post_excerpt post_status comment_status ping_status ' +
  'post_password post_name to_ping pinged post_modified post_modified_gmt post_content_filtered post_parent guid ' +
  'menu_order post_type post_mime_type comment_count'
).split(' ');

/** A field of a post, or what was wrong with a row, and where a statement finds the row. */
export interface DumpItem {
  readonly table: string;
  readonly post: string;
  readonly item: SourceItem;
}

/** The posts of a mysqldump of WordPress (`wp_posts`, whatever its prefix), read statement by statement; memory: one row. */
export async function* mysqldumpSource(source: string, bytes: ByteStream): AuditSource & AsyncGenerator<SourceItem> {
  for await (const { item } of postsOfDump(source, bytes)) yield item;
}

/**
 * What `mysqldumpSource` gives, with tables. Posts of the first table are named by their ID alone; those of further ones (the other
 * sites of a network) have their table before it, because IDs begin anew in each.
 */
export async function* postsOfDump(source: string, bytes: ByteStream): AsyncGenerator<DumpItem> {
  const reader = new DumpReader(source);
  const tokens = new SqlTokens((token) => reader.take(token));
  for await (const text of textOfBytes(bytes)) {
    tokens.write(text);
    yield* reader.items.splice(0);
  }
  tokens.end();
  yield* reader.items.splice(0);
  if (reader.posts === 0) {
    const detail = `${source} has no INSERT INTO a table named …posts; is it a WordPress dump?`;
    yield { table: '', post: '', item: failure({ source }, 'no-posts', detail) };
  }
}

type State = 'statement' | 'create' | 'insert' | 'columns' | 'values' | 'row' | 'other';

/** Follows the tokens of statements: CREATE TABLE gives the columns, INSERT the rows. */
class DumpReader {
  readonly items: DumpItem[] = [];
  posts = 0;
  readonly #source: string;
  readonly #known = new Map<string, string[]>();
  #state: State = 'statement';
  #table = '';
  #firstTable = '';
  #columns: string[] = [];
  #row: (string | null)[] = [];
  #depth = 0;
  #previous: SqlToken | null = null;

  constructor(source: string) {
    this.#source = source;
  }

  take(token: SqlToken): void {
    this.#step(token);
    this.#previous = token;
  }

  #step(token: SqlToken): void {
    if (token.kind === 'mark' && token.text === ';') {
      if (this.#state === 'create') this.#known.set(this.#table, this.#columns);
      this.#state = 'statement';
    } else if (this.#state === 'statement') this.#open(token);
    else if (this.#state === 'create') this.#create(token);
    else if (this.#state === 'insert') this.#insert(token);
    else if (this.#state === 'columns') this.#column(token);
    else if (this.#state === 'values' && token.text === '(') {
      this.#row = [];
      this.#state = 'row';
    } else if (this.#state === 'row') this.#value(token);
  }

  #open(token: SqlToken): void {
    const word = token.kind === 'word' ? token.text.toUpperCase() : '';
    this.#table = '';
    this.#columns = [];
    this.#depth = 0;
    this.#state = word === 'CREATE' ? 'create' : word === 'INSERT' || word === 'REPLACE' ? 'insert' : 'other';
  }

  #create(token: SqlToken): void {
    if (token.text === '(') this.#depth++;
    else if (token.text === ')') this.#depth--;
    else if (token.kind === 'name' && this.#depth === 0) this.#table = token.text;
    else if (token.kind === 'name' && this.#depth === 1 && /^[(,]$/.test(this.#previous?.text ?? '')) {
      this.#columns.push(token.text);
    }
  }

  #insert(token: SqlToken): void {
    const isName = token.kind === 'name' || (token.kind === 'word' && POSTS.test(token.text));
    if (isName && this.#table === '') this.#table = token.text;
    else if (token.text === '(') this.#state = 'columns';
    else if (token.kind === 'word' && token.text.toUpperCase() === 'VALUES') {
      this.#state = POSTS.test(this.#table) ? 'values' : 'other';
      if (this.#columns.length === 0) this.#columns = this.#known.get(this.#table) ?? DEFAULT_COLUMNS;
    }
  }

  #column(token: SqlToken): void {
    if (token.text === ')' && token.kind === 'mark') this.#state = 'insert';
    else if (token.kind === 'name' || token.kind === 'word') this.#columns.push(token.text);
  }

  #value(token: SqlToken): void {
    if (token.kind === 'mark') {
      if (token.text !== ')') return;
      this.#state = 'values';
      this.#finish();
    } else if (token.kind === 'string' || token.text.toUpperCase() !== '_BINARY') {
      this.#row.push(token.kind === 'word' && token.text.toUpperCase() === 'NULL' ? null : token.text);
    }
  }

  #finish(): void {
    this.posts++;
    this.#firstTable ||= this.#table;
    const place = { source: this.#source, entry: `row ${this.posts}` };
    const found = (name: string): string => this.#row[this.#columns.indexOf(name)] ?? '';
    if (this.#row.length !== this.#columns.length) {
      const detail = `${place.entry} has ${this.#row.length} values for ${this.#columns.length} columns`;
      this.#give([failure(place, 'invalid-row', detail)]);
    } else if (this.#row.some((value) => value === SqlTokens.TOO_LONG)) this.#give([tooLarge(place)]);
    else this.#givePost(postOf(found));
  }

  #givePost(post: WordPressPost): void {
    const entry = this.#table === this.#firstTable ? post.ID : `${this.#table} ${post.ID}`;
    this.#give(itemsOfPost(this.#source, post, entry), post.ID);
  }

  #give(items: Iterable<SourceItem>, post = ''): void {
    for (const item of items) this.items.push({ table: this.#table, post, item });
  }
}

function postOf(found: (name: string) => string): WordPressPost {
  return {
    ID: found('ID'),
    post_title: found('post_title'),
    post_content: found('post_content'),
    post_excerpt: found('post_excerpt'),
    post_status: found('post_status'),
    post_type: found('post_type'),
    post_modified: found('post_modified'),
  };
}
