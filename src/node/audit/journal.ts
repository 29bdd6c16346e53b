import { createHash } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingRow } from '../../audit/finding-row.ts';
import { keyOf } from '../../audit/source.ts';
import { UserFailure } from '../failure.ts';
import type { Checked } from './check-task.ts';
import type { EarlierRun } from './earlier-run.ts';
import type { Work } from './work-item.ts';

export interface Totals {
  /** Those that were checked, and those that are as they were. */
  documents: number;
  /** Documents that an earlier run (`--since`) knew, with the same content. */
  unchanged: number;
  flagged: number;
  spans: number;
  errors: number;
  skipped: number;
}

/** Lengths of the output files, in bytes. */
interface Lengths {
  findings: number;
  notices: number;
  contents: number;
}

/** One line of the journal: a batch that is done. */
interface Entry extends Lengths {
  /** Of items that are known by their place. */
  readonly keys: readonly string[];
  /** Number of the last item that is done of sources that give the same items at every reading. */
  readonly reached: Readonly<Record<string, number>>;
  readonly totals: Totals;
}

const NONE: Totals = { documents: 0, unchanged: 0, flagged: 0, spans: 0, errors: 0, skipped: 0 };
const FILES = {
  journal: 'journal.ndjson',
  findings: 'findings.ndjson',
  notices: 'notices.ndjson',
  contents: 'contents.bin',
} as const;

/**
 * The outputs of a run and what is done of it. A batch is written first, then entered: what a killed run wrote behind the
 * last whole entry is cut off when it is resumed, so that no document is lost or stands twice. The first line holds the
 * engine and the options: a folder of another run is refused. Memory: a number for each file of rows, a key for each file, page or
 * object that is a document of its own.
 */
export class Journal {
  readonly totals: Totals = { ...NONE };
  readonly resumed: boolean;
  readonly #done = new Set<string>();
  readonly #reached = new Map<string, number>();
  readonly #files: Readonly<Record<keyof typeof FILES, number>>;
  readonly #lengths: Lengths = { findings: 0, notices: 0, contents: 0 };
  #journalEnd = 0;

  constructor(folder: string, run: string) {
    const open = (name: string): number => openSync(join(folder, name), existsSync(join(folder, name)) ? 'r+' : 'w+');
    const path = join(folder, FILES.journal);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [head = '', ...lines] = whole.split('\n').filter((line) => line !== '');
    if (head !== '' && head !== run) {
      throw new UserFailure(`${folder} holds another audit (engine, sources or options differ); give another --out`);
    }
    this.resumed = head !== '';
    this.#files = {
      journal: open(FILES.journal),
      findings: open(FILES.findings),
      notices: open(FILES.notices),
      contents: open(FILES.contents),
    };
    for (const line of lines) this.#restore(JSON.parse(line) as Entry);
    ftruncateSync(this.#files.journal, Buffer.byteLength(whole));
    for (const name of ['findings', 'notices', 'contents'] as const)
      ftruncateSync(this.#files[name], this.#lengths[name]);
    this.#journalEnd = Buffer.byteLength(whole);
    if (head === '') this.#append(`${run}\n`);
  }

  has({ item, ordinal }: Work): boolean {
    if (ordinal === null) return this.#done.has(shortKey(item));
    return ordinal <= (this.#reached.get(item.place.source) ?? 0);
  }

  /**
   * Writes what became of a batch, then enters it. `earlier`: where what was found in unchanged documents stands. Returns the rows as they stand now in
   * findings.ndjson, in that order.
   */
  commit(
    batch: readonly Work[],
    { documents, rows, notices, unchanged, contents }: Checked,
    earlier: EarlierRun | null,
  ): FindingRow[] {
    const carried = unchanged.flatMap((entry) => earlier?.rowOf(entry) ?? []);
    const found = [...rows.map((row) => ({ spans: row.spans.length, text: JSON.stringify(row) })), ...carried];
    this.totals.documents += documents;
    this.totals.unchanged += unchanged.length;
    this.totals.flagged += found.length;
    this.totals.spans += found.reduce((sum, { spans }) => sum + spans, 0);
    this.totals.errors += notices.filter(({ kind }) => kind === 'error').length;
    this.totals.skipped += notices.filter(({ kind }) => kind === 'skipped').length;
    this.#write('findings', found.map(({ text }) => `${text}\n`).join(''));
    this.#write('notices', notices.map((notice) => `${JSON.stringify(notice)}\n`).join(''));
    this.#write('contents', contents);
    const keys = batch.filter(({ ordinal }) => ordinal === null).map(({ item }) => shortKey(item));
    const reached: Record<string, number> = {};
    for (const { item, ordinal } of batch) if (ordinal !== null) reached[item.place.source] = ordinal;
    this.#enter({ keys, reached });
    this.#append(`${JSON.stringify({ keys, reached, ...this.#lengths, totals: this.totals } satisfies Entry)}\n`);
    return [...rows, ...carried.map(({ text }) => JSON.parse(text) as FindingRow)];
  }

  close(): void {
    for (const file of Object.values(this.#files)) closeSync(file);
  }

  #restore({ keys, reached, findings, notices, contents, totals }: Entry): void {
    this.#enter({ keys, reached });
    Object.assign(this.#lengths, { findings, notices, contents });
    Object.assign(this.totals, totals);
  }

  #enter({ keys, reached }: Pick<Entry, 'keys' | 'reached'>): void {
    for (const key of keys) this.#done.add(key);
    for (const [source, ordinal] of Object.entries(reached)) this.#reached.set(source, ordinal);
  }

  #append(line: string): void {
    this.#journalEnd += writeWhole(this.#files.journal, Buffer.from(line), this.#journalEnd);
  }

  #write(name: keyof Lengths, content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.#lengths[name] += writeWhole(this.#files[name], bytes, this.#lengths[name]);
  }
}

/** 72 bits: two places of a hundred million documents share a key with a chance of one in a million. */
function shortKey({ place }: Work['item']): string {
  return createHash('sha256').update(keyOf(place)).digest('base64url').slice(0, 12);
}

/** A write may stop half-way (a signal, a full pipe): goes on until all is written. Returns the number of bytes. */
function writeWhole(file: number, bytes: Uint8Array, at: number): number {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  return bytes.length;
}
