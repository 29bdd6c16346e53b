import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { LARGEST_DOCUMENT, tooLarge, type SourceItem } from '../../audit/source.ts';
import { looksLikeMarkup } from '../../audit/sources/records.ts';
import { POST_COLUMNS, itemsOfPost, type WordPressPost } from '../../audit/sources/wordpress-post.ts';
import { UserFailure } from '../failure.ts';

export interface SqliteOptions {
  /** The table to read; without one, those of WordPress and Ghost are looked for. */
  readonly table?: string;
  /** Columns to check. */
  readonly text: readonly string[];
  /** The column that names a document. */
  readonly id?: string;
}

type Row = Readonly<Record<string, SQLOutputValue>>;

interface Table {
  readonly name: string;
  /** What tells rows apart: the rowid, or the primary key of a table without one. */
  readonly key: string;
  readonly columns: readonly string[];
  itemsOf(row: Row, entry: string): Iterable<SourceItem>;
}

const POSTS = /(?:^|_)posts$/;
const GHOST_COLUMNS = ['title', 'html', 'custom_excerpt'];

/**
 * Text columns of an SQLite file, opened read-only, streamed row by row; memory: one row. The tables are looked at at once: throws a
 * UserFailure for a file that is no database, an unknown table or column.
 */
export function sqliteSource(path: string, options: SqliteOptions): AsyncIterable<SourceItem> {
  const tables = withDatabase(path, (database) => tablesOf(path, database, options));
  return readTables(path, tables);
}

async function* readTables(path: string, tables: readonly Table[]): AsyncGenerator<SourceItem> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    for (const table of tables) {
      const columns = [`${quoted(table.key)} AS "linesieve key"`, ...table.columns.map(quoted)];
      const rows = database.prepare(`SELECT ${columns.join(', ')} FROM ${quoted(table.name)} ORDER BY 1`);
      for (const row of rows.iterate()) {
        yield* table.itemsOf(row, entryOf(table, row['linesieve key']));
      }
    }
  } finally {
    database.close();
  }
}

/** Quotes an identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Table, key column and key of a row; `rowOfEntry` reads it back. */
function entryOf({ name, key }: Table, value: SQLOutputValue): string {
  return `${name}/${key}=${String(value)}`;
}

export function rowOfEntry(entry: string): { readonly table: string; readonly key: string; readonly value: string } {
  const [, table = '', key = '', value = ''] = /^(.*?)\/([^/=]*)=(.*)$/s.exec(entry) ?? [];
  return { table, key, value };
}

function withDatabase<T>(path: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return use(database);
  } catch (error) {
    if (error instanceof UserFailure) throw error;
    throw new UserFailure(`${path}: SQLite cannot read it: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    database.close();
  }
}

function tablesOf(path: string, database: DatabaseSync, options: SqliteOptions): Table[] {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const names = rows.map(({ name }) => String(name));
  if (options.table !== undefined && !names.includes(options.table)) {
    throw new UserFailure(`${path}: there is no table ${options.table}; it has ${names.join(', ') || 'none'}`);
  }
  const wanted = options.table === undefined ? names.filter((name) => POSTS.test(name)) : [options.table];
  const tables = wanted.map((name) => tableOf(path, name, database, options)).filter((table) => table !== null);
  if (tables.length > 0) return tables;
  throw new UserFailure(
    `${path}: no table of WordPress or Ghost; name one by --table and its columns by --column; it has ${names.join(', ') || 'none'}`,
  );
}

function tableOf(path: string, name: string, database: DatabaseSync, options: SqliteOptions): Table | null {
  const info = database.prepare('SELECT name, pk FROM pragma_table_info(?)').all(name);
  const columns = info.map((column) => String(column.name));
  const key = keyColumn(path, name, database, info);
  if (options.text.length === 0 && POST_COLUMNS.every((column) => columns.includes(column))) {
    return { name, key, columns: POST_COLUMNS, itemsOf: (row, entry) => itemsOfPost(path, postOf(row), entry) };
  }
  const isGhost = options.text.length === 0 && columns.includes('html') && columns.includes('plaintext');
  const text = isGhost ? GHOST_COLUMNS.filter((column) => columns.includes(column)) : options.text;
  if (text.length === 0 && options.table === undefined) return null;
  const unknown = [...text, ...(options.id === undefined ? [] : [options.id])].find((each) => !columns.includes(each));
  if (text.length === 0 || unknown !== undefined) {
    const missing = unknown === undefined ? 'name its text by --column' : `there is no column ${unknown}`;
    throw new UserFailure(`${path}: table ${name}: ${missing}; it has ${columns.join(', ')}`);
  }
  const id = options.id ?? (columns.includes('id') ? 'id' : null);
  const read = [...new Set([...text, ...(id === null ? [] : [id])])];
  return { name, key, columns: read, itemsOf: (row, entry) => itemsOfRow(path, entry, row, text, id) };
}

function keyColumn(path: string, name: string, database: DatabaseSync, info: readonly Row[]): string {
  try {
    database.prepare(`SELECT rowid FROM ${quoted(name)}`);
    return 'rowid';
  } catch {
    const keys = info.filter(({ pk }) => pk !== 0);
    if (keys.length === 1) return String(keys[0].name);
    throw new UserFailure(`${path}: table ${name} has a key of ${keys.length} columns; copy it into a table with one`);
  }
}

function* itemsOfRow(
  source: string,
  entry: string,
  row: Row,
  columns: readonly string[],
  id: string | null,
): Generator<SourceItem> {
  for (const field of columns) {
    const content = row[field];
    if (typeof content !== 'string' || content.trim() === '') continue;
    const place = { source, entry, field };
    if (content.length > LARGEST_DOCUMENT) yield tooLarge(place);
    else {
      const name = id === null ? entry : String(row[id]);
      const contentType = looksLikeMarkup(content) ? 'text/html' : 'text/plain';
      yield { kind: 'document', id: name, place, contentType, content };
    }
  }
}

function postOf(row: Row): WordPressPost {
  const pairs = POST_COLUMNS.map((column) => [column, String(row[column] ?? '')]);
  return Object.fromEntries(pairs);
}
