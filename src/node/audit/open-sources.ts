import { globSync, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  failure,
  LARGEST_DOCUMENT,
  tooLarge,
  type AuditSource,
  type ByteStream,
  type SourceItem,
} from '../../audit/source.ts';
import { ghostSource, strapiSource } from '../../audit/sources/cms-json.ts';
import { mysqldumpSource } from '../../audit/sources/mysqldump.ts';
import { warcSource } from '../../audit/sources/warc.ts';
import { wxrSource } from '../../audit/sources/wxr.ts';
import { UserFailure } from '../failure.ts';
import { ByteMeter } from './byte-meter.ts';
import { ChunkBuffers } from './chunk-buffers.ts';
import type { CsvColumns } from './csv-source.ts';
import { contentTypeOf, DOCUMENT_NAME } from './files-source.ts';
import { openFile, passingParts } from './open-file.ts';
import { documentsOf } from './read-item.ts';
import { rowChunks } from './row-chunks.ts';
import { s3Source, type S3Object } from './s3-source.ts';
import { sqliteSource } from './sqlite-source.ts';
import { strapiTarSource } from './strapi-source.ts';
import { DEFAULT_WEB_OPTIONS } from './web/web-options.ts';
import { webSource, type WebContext } from './web/web-sources.ts';
import type { Work, WorkItem } from './work-item.ts';

/** What a source is told beside its name. */
export interface SourceOptions extends CsvColumns {
  /** `--table`: the table of an SQLite file. */
  readonly table?: string;
  /** `--endpoint`: the address of an S3 service. */
  readonly endpoint?: string;
}

/** Something that is read as a file is: its name, and its bytes from an offset on. */
interface Readee {
  readonly name: string;
  open(start?: number): ByteStream;
  /** Its bytes in parts that hold until the next is asked for. */
  passing?(): ByteStream;
}

type Reader = (readee: Readee, options: SourceOptions, buffers?: ChunkBuffers) => AsyncIterable<WorkItem>;

/** Rows are parsed where they are checked (`documentsOf` in a thread), everything else is read here, document by document. */
const READERS: Readonly<Record<string, Reader>> = {
  ndjson: (readee, _, buffers) => rowChunks(readee.name, 'ndjson', passing(readee), buffers),
  csv: (readee, _, buffers) => rowChunks(readee.name, 'csv', passing(readee), buffers),
  wxr: (readee) => wxrSource(readee.name, inflated(readee)),
  sql: (readee) => mysqldumpSource(readee.name, inflated(readee)),
  ghost: (readee) => ghostSource(readee.name, inflated(readee)),
  strapi: (readee) => (TAR.test(readee.name) ? strapiTarSource : strapiSource)(readee.name, inflated(readee)),
  warc: (readee) => warcSource(readee.name, (start) => readee.open(start)),
};
const TAR = /\.(?:tar|tar\.gz|tgz)$/i;
const ZIPPED = /\.(?:gz|tgz)$/i;
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
const SQLITE_NAME = /\.(?:db|sqlite3?)$/i;
const WITHOUT_FLAGS: WebContext = { options: DEFAULT_WEB_OPTIONS, signal: new AbortController().signal };
const PREFIX = /^([a-z][a-z0-9]+):(?!\/\/)(.+)$/;

/**
 * What was named on the command line: a file, a folder (its text, HTML and Markdown files, sorted), a glob, `<kind>:<file>`, an `sqlite:`
 * file, a bucket (`s3:bucket/prefix`), a file of addresses (`urls:`), a `sitemap:` or a site to `crawl:` (or its bare address). Every
 * argument is looked at before the first is read: throws a UserFailure that names the wrong one.
 */
export function openWork(
  names: readonly string[],
  options: SourceOptions = { text: [] },
  web: WebContext = WITHOUT_FLAGS,
  meter = new ByteMeter(),
  buffers = new ChunkBuffers(),
): AsyncIterable<Work> {
  const opening: Opening = { options, web, meter, buffers, files: new Set() };
  return chained(names.map((name) => ({ name, openers: openersOf(name, opening) })));
}

/** The documents of all that, read here. */
export async function* openDocuments(work: AsyncIterable<Work>, options: SourceOptions): AsyncGenerator<SourceItem> {
  for await (const { item } of work) yield* documentsOf(item, options);
}

export function openSources(
  names: readonly string[],
  options: SourceOptions = { text: [] },
  web: WebContext = WITHOUT_FLAGS,
): AuditSource {
  return openDocuments(openWork(names, options, web), options);
}

interface Opening {
  readonly options: SourceOptions;
  readonly web: WebContext;
  readonly meter: ByteMeter;
  readonly buffers: ChunkBuffers;
  /** Files that were named: one that is named twice is read once. */
  readonly files: Set<string>;
}

interface Opener {
  /** Whether it gives the same items at every reading. */
  readonly isFixed: boolean;
  readonly open: () => AsyncIterable<WorkItem>;
}

interface NamedOpeners {
  readonly name: string;
  readonly openers: readonly Opener[];
}

/** A source that breaks on its way (a truncated gzip file, a disk that fails) is reported, and the next one is read. */
async function* chained(sources: readonly NamedOpeners[]): AsyncGenerator<Work> {
  for (const { name, openers } of sources) {
    for (const [i, { isFixed, open }] of openers.entries()) {
      let ordinal = 0;
      try {
        for await (const item of open()) yield { item, ordinal: isFixed ? ++ordinal : null };
      } catch (error) {
        if (error instanceof UserFailure) throw error;
        const place = openers.length === 1 ? { source: name } : { source: name, entry: `file ${i + 1}` };
        const detail = `${name}: ${error instanceof Error ? error.message : String(error)}`;
        yield { item: failure(place, 'broken-source', detail), ordinal: null };
      }
    }
  }
}

function openersOf(name: string, opening: Opening): Opener[] {
  const { options, web } = opening;
  const [, kind = '', rest = ''] = PREFIX.exec(name) ?? [];
  if (Object.hasOwn(READERS, kind))
    return unread([existing(rest)], opening).map((path) => fixed(READERS[kind], path, opening));
  if (kind === 'sqlite') return [changing(sqliteSource(existing(rest), options))];
  if (kind === 's3') return [changing(s3Source(rest, options, (object) => objectSource(object, options)))];
  if (kind === 'urls') return [changing(webSource(kind, existing(rest), web))];
  if (kind === 'sitemap' || kind === 'crawl') return [changing(webSource(kind, rest, web))];
  if (/^https?:\/\//i.test(name)) return [changing(webSource('crawl', name, web))];
  const paths = filesOf(name);
  if (paths.length === 0) throw new UserFailure(`${name}: there is no such file, and no file that the pattern names`);
  return unread(paths, opening).map((path) => fileOpener(path, opening));
}

function unread(paths: readonly string[], { files }: Opening): string[] {
  const fresh = paths.filter((path) => !files.has(resolve(path)));
  for (const path of fresh) files.add(resolve(path));
  return fresh;
}

function fileOpener(path: string, opening: Opening): Opener {
  if (SQLITE_NAME.test(path)) return changing(sqliteSource(path, opening.options));
  const reader = readerOf(path);
  return reader === undefined ? wholeFile(path, opening) : fixed(reader, path, opening);
}

/** A file of many documents. */
function fixed(reader: Reader, path: string, { options, meter, buffers }: Opening): Opener {
  meter.total += sizeOf(path);
  const readee = {
    name: path,
    open: (start = 0) => meter.count(openFile(path, { start })),
    passing: () => meter.count(passingParts(path)),
  };
  return { isFixed: true, open: () => reader(readee, options, buffers) };
}

/** A source that has looked at its name already and reads nothing before it is asked. */
function changing(source: AsyncIterable<WorkItem>): Opener {
  return { isFixed: false, open: () => source };
}

function wholeFile(path: string, { meter }: Opening): Opener {
  const size = sizeOf(path);
  meter.total += size;
  const open = async function* (): AsyncGenerator<WorkItem> {
    meter.read += size;
    yield await Promise.resolve({ kind: 'file' as const, place: { source: path } });
  };
  return { isFixed: false, open };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function existing(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UserFailure(`${path}: there is no such file`);
  return path;
}

function filesOf(name: string): string[] {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isFile() === true) return [name];
  if (found !== undefined) return [...documentsIn(name, [])].sort();
  return globSync(name).filter(isFile).sort();
}

/** A symbolic link that leads nowhere or to itself counts: it is reported when it is read. */
function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return true;
  }
}

/** Documents of a folder and what is below, symbolic links followed; `above` holds the real paths on the way, where loops lead back to. */
function* documentsIn(folder: string, above: readonly string[]): Generator<string> {
  const real = realpathSync(folder);
  if (above.includes(real)) return;
  const entries = entriesOf(folder);
  // A folder that may not be read is given as a file: reading it is what reports it.
  if (entries === null) yield folder;
  for (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && !isFile(path));
    if (isFolder) yield* documentsIn(path, [...above, real]);
    else if (DOCUMENT_NAME.test(entry.name)) yield path;
  }
}

function entriesOf(folder: string): Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return null;
  }
}

function readerOf(name: string): Reader | undefined {
  const extension = /\.(\w+?)(?:\.gz)?$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return READERS[BY_EXTENSION[extension] ?? ''];
}

/** An object of a bucket, by its name as a file is; those of no known kind are passed over, as in a folder. */
function objectSource(object: S3Object, options: SourceOptions): AsyncIterable<WorkItem> {
  return readerOf(object.key)?.(object, options) ?? singleObject(object);
}

async function* singleObject(object: S3Object): AsyncGenerator<SourceItem> {
  if (!DOCUMENT_NAME.test(object.key)) return;
  const parts: Uint8Array[] = [];
  let length = 0;
  const place = { source: object.name };
  for await (const part of inflated(object)) {
    parts.push(part);
    length += part.length;
    if (length > LARGEST_DOCUMENT) {
      yield tooLarge(place);
      return;
    }
  }
  const content = new Uint8Array(Buffer.concat(parts));
  const { lastModified } = object;
  const modified = lastModified === undefined ? {} : { lastModified };
  yield { kind: 'document', id: object.name, place, contentType: contentTypeOf(object.key), content, ...modified };
}

function inflated(readee: Readee): ByteStream {
  const bytes = readee.open();
  if (!ZIPPED.test(readee.name)) return bytes;
  const gunzip = createGunzip();
  Readable.from(bytes)
    .on('error', (error) => gunzip.destroy(error))
    .pipe(gunzip);
  return gunzip;
}

/** What looks at each part once may have it in memory that is filled again. */
function passing(readee: Readee): ByteStream {
  return ZIPPED.test(readee.name) ? inflated(readee) : (readee.passing?.() ?? readee.open());
}
