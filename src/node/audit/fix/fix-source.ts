import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { CleanContent } from './clean-content.ts';
import { fixBytes } from './fix-bytes.ts';
import { fixDump, fixJson } from './fix-export.ts';
import { fixSqlite } from './fix-sqlite.ts';
import type { SourceFindings, SourceFix } from './fix.ts';

type Fixer = (path: string, rows: SourceFindings, clean: CleanContent) => SourceFix | Promise<SourceFix>;

const FIXERS: Readonly<Record<string, Fixer>> = {
  whole: (path, rows, clean) => fixBytes(path, rows, 'whole', clean),
  ndjson: (path, rows, clean) => fixBytes(path, rows, 'ndjson', clean),
  csv: (path, rows, clean) => fixBytes(path, rows, 'csv', clean),
  sqlite: fixSqlite,
  sql: fixDump,
  json: fixJson,
};
/** Where there is nothing to write to, what to do instead. */
const NO_FILE: Readonly<Record<string, string>> = {
  web: 'it is a web page; take it out in the content system that publishes it, or fix an export of that',
  s3: 'it lies in a bucket; copy it here, audit and fix the copy, and copy it back',
  wxr: 'an export is no backup; take it out in WordPress, or audit a dump of its database, which gets statements',
  warc: 'it is a record of a crawl; take it out of the site that was crawled',
  archive: 'it is in an archive; unpack it, or take it out in the content system',
};
const BY_EXTENSION: Readonly<Record<string, string>> = {
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  tsv: 'csv',
  sql: 'sql',
  xml: 'wxr',
  warc: 'warc',
  wet: 'warc',
  tar: 'archive',
  tgz: 'archive',
};

/** What to do about the findings of one source; nothing is written. */
export async function fixSource(source: string, rows: SourceFindings, clean: CleanContent): Promise<SourceFix> {
  const kind = kindOf(source, rows);
  if (Object.hasOwn(FIXERS, kind)) return FIXERS[kind](source, rows, clean);
  const reason = NO_FILE[kind] ?? 'there is no such file any more';
  return { left: rows.map(({ place }) => ({ place, reason })), units: 0 };
}

function kindOf(source: string, rows: SourceFindings): string {
  if (/^https?:\/\//i.test(source)) return 'web';
  if (source.startsWith('s3:')) return 's3';
  if (statSync(source, { throwIfNoEntry: false })?.isFile() !== true) return 'missing';
  const { entry, field = '' } = rows[0].place;
  if (entry === undefined) return 'whole';
  if (startsLikeSqlite(source)) return 'sqlite';
  const extension = /\.(\w+?)(?:\.gz)?$/.exec(source)?.[1]?.toLowerCase() ?? '';
  return BY_EXTENSION[extension] ?? kindOfField(field);
}

/** A file that was named with its kind: what its fields are called says which. */
function kindOfField(field: string): string {
  if (field === '/text') return 'ndjson';
  if (field.startsWith('/')) return 'json';
  return field.startsWith('post_') ? 'sql' : field === '' ? 'warc' : 'csv';
}

const SQLITE_HEAD = 'SQLite format 3\0';

function startsLikeSqlite(path: string): boolean {
  const head = Buffer.alloc(SQLITE_HEAD.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1') === SQLITE_HEAD;
}
