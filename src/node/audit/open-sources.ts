import { globSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditSource, SourceItem } from '../../audit/source.ts';
import { ghostSource, strapiSource } from '../../audit/sources/cms-json.ts';
import { mysqldumpSource } from '../../audit/sources/mysqldump.ts';
import { ndjsonSource } from '../../audit/sources/ndjson.ts';
import { warcSource } from '../../audit/sources/warc.ts';
import { wxrSource } from '../../audit/sources/wxr.ts';
import { UserFailure } from '../failure.ts';
import { csvSource, type CsvColumns } from './csv-source.ts';
import { DOCUMENT_NAME, fileItem } from './files-source.ts';
import { openFile } from './open-file.ts';
import { DEFAULT_WEB_OPTIONS } from './web/web-options.ts';
import { webSource, type WebContext, type WebKind } from './web/web-sources.ts';

type Reader = (path: string, gunzip: boolean, columns: CsvColumns) => AuditSource;

const READERS: Readonly<Record<string, Reader>> = {
  ndjson: (path, gunzip) => ndjsonSource(path, openFile(path, { gunzip })),
  csv: (path, gunzip, columns) => csvSource(path, openFile(path, { gunzip }), columns),
  wxr: (path, gunzip) => wxrSource(path, openFile(path, { gunzip })),
  sql: (path, gunzip) => mysqldumpSource(path, openFile(path, { gunzip })),
  ghost: (path, gunzip) => ghostSource(path, openFile(path, { gunzip })),
  strapi: (path, gunzip) => strapiSource(path, openFile(path, { gunzip })),
  warc: (path) => warcSource(path, (start) => openFile(path, { start })),
};
/** Extensions that say how a file is read; `.json` does not, and wants a prefix. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  tsv: 'csv',
  xml: 'wxr',
  sql: 'sql',
  warc: 'warc',
  wet: 'warc',
};
const WITHOUT_FLAGS: WebContext = { options: DEFAULT_WEB_OPTIONS, signal: new AbortController().signal };
const PREFIX = /^([a-z]{2,}):(?!\/\/)(.+)$/;

/**
 * The documents of what was named on the command line: a file, a folder (its text, HTML and Markdown files, sorted), a glob,
 * `<kind>:<file>`, a file of addresses (`urls:`), a `sitemap:` or a site to `crawl:` (or its bare address). Every argument is
 * looked at before the first is read: throws a UserFailure that names the wrong one.
 */
export function openSources(
  names: readonly string[],
  columns: CsvColumns = { text: [] },
  web: WebContext = WITHOUT_FLAGS,
): AuditSource {
  return chained(names.flatMap((name) => sourcesOf(name, columns, web)));
}

async function* chained(sources: readonly (() => AuditSource)[]): AsyncGenerator<SourceItem> {
  for (const open of sources) yield* open();
}

function sourcesOf(name: string, columns: CsvColumns, web: WebContext): (() => AuditSource)[] {
  const [, kind = '', rest = ''] = PREFIX.exec(name) ?? [];
  if (Object.hasOwn(READERS, kind)) {
    const path = existing(rest);
    return [() => READERS[kind](path, /\.gz$/i.test(path), columns)];
  }
  if (kind === 'urls') return [webOpener(kind, existing(rest), web)];
  if (kind === 'sitemap' || kind === 'crawl') return [webOpener(kind, rest, web)];
  if (/^https?:\/\//i.test(name)) return [webOpener('crawl', name, web)];
  const paths = filesOf(name);
  if (paths.length === 0) throw new UserFailure(`${name}: there is no such file, and no file that the pattern names`);
  return paths.map((path) => () => fileSource(path, columns));
}

/** Looks at the address now, opens nothing before it is read. */
function webOpener(kind: WebKind, name: string, web: WebContext): () => AuditSource {
  const source = webSource(kind, name, web);
  return () => source;
}

function existing(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UserFailure(`${path}: there is no such file`);
  return path;
}

function filesOf(name: string): string[] {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isFile() === true) return [name];
  if (found === undefined)
    return globSync(name)
      .filter((path) => statSync(path).isFile())
      .sort();
  const names = readdirSync(name, { recursive: true, encoding: 'utf8' }).filter((path) => DOCUMENT_NAME.test(path));
  return names
    .map((path) => join(name, path))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function fileSource(path: string, columns: CsvColumns): AuditSource {
  const extension = /\.(\w+?)(?:\.gz)?$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const reader = READERS[BY_EXTENSION[extension] ?? ''];
  return reader === undefined ? single(path) : reader(path, /\.gz$/i.test(path), columns);
}

async function* single(path: string): AsyncGenerator<SourceItem> {
  yield await fileItem(path);
}
