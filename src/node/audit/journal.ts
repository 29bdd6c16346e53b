import { createHash } from 'node:crypto';
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { keyOf, type Place, type SourceNotice } from '../../audit/source.ts';
import { UserFailure } from '../failure.ts';
import type { Outcome } from './check-task.ts';

export interface Totals {
  documents: number;
  flagged: number;
  spans: number;
  errors: number;
  skipped: number;
}

/** One line of the journal: a batch that is done. `findings` is the length of findings.ndjson behind it, in bytes. */
interface Entry {
  readonly keys: readonly string[];
  readonly findings: number;
  readonly notices: number;
  readonly totals: Totals;
}

const NONE: Totals = { documents: 0, flagged: 0, spans: 0, errors: 0, skipped: 0 };

/**
 * The outputs of a run and what is done of it. A batch is written first, then entered: what a killed run wrote behind the
 * last whole entry is cut off when it is resumed, so that no document is lost or stands twice. The first line holds the
 * engine and the options: a folder of another run is refused.
 */
export class Journal {
  readonly totals: Totals = { ...NONE };
  readonly resumed: boolean;
  readonly #done = new Set<string>();
  readonly #files: Readonly<Record<'journal' | 'findings' | 'notices', number>>;
  #findings = 0;
  #notices = 0;

  constructor(folder: string, run: string) {
    const open = (name: string): number => openSync(join(folder, name), existsSync(join(folder, name)) ? 'r+' : 'w+');
    const path = join(folder, 'journal.ndjson');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [head = '', ...lines] = whole.split('\n').filter((line) => line !== '');
    if (head !== '' && head !== run) {
      throw new UserFailure(`${folder} holds another audit (engine, sources or options differ); give another --out`);
    }
    this.resumed = head !== '';
    this.#files = {
      journal: open('journal.ndjson'),
      findings: open('findings.ndjson'),
      notices: open('notices.ndjson'),
    };
    for (const line of lines) this.#restore(JSON.parse(line) as Entry);
    ftruncateSync(this.#files.journal, Buffer.byteLength(whole));
    ftruncateSync(this.#files.findings, this.#findings);
    ftruncateSync(this.#files.notices, this.#notices);
    this.#journalEnd = Buffer.byteLength(whole);
    if (head === '') this.#append(`${run}\n`);
  }

  #journalEnd = 0;

  has(place: Place): boolean {
    return this.#done.has(shortKey(place));
  }

  /** Writes what became of a batch, then enters it. */
  commit(outcomes: readonly Outcome[]): void {
    const rows = outcomes.flatMap((outcome) => (outcome.kind === 'flagged' ? [outcome.row] : []));
    const notices = outcomes.filter((one): one is SourceNotice => one.kind === 'error' || one.kind === 'skipped');
    this.totals.documents += outcomes.length - notices.length;
    this.totals.flagged += rows.length;
    this.totals.spans += rows.reduce((sum, { spans }) => sum + spans.length, 0);
    this.totals.errors += notices.filter(({ kind }) => kind === 'error').length;
    this.totals.skipped += notices.filter(({ kind }) => kind === 'skipped').length;
    this.#findings += write(this.#files.findings, rows, this.#findings);
    this.#notices += write(this.#files.notices, notices, this.#notices);
    const keys = outcomes.map(({ place }) => shortKey(place));
    for (const key of keys) this.#done.add(key);
    const entry: Entry = { keys, findings: this.#findings, notices: this.#notices, totals: this.totals };
    this.#append(`${JSON.stringify(entry)}\n`);
  }

  close(): void {
    for (const file of Object.values(this.#files)) closeSync(file);
  }

  #restore({ keys, findings, notices, totals }: Entry): void {
    for (const key of keys) this.#done.add(key);
    this.#findings = findings;
    this.#notices = notices;
    Object.assign(this.totals, totals);
  }

  #append(line: string): void {
    this.#journalEnd += writeWhole(this.#files.journal, line, this.#journalEnd);
  }
}

/** 72 bits: two places of a hundred million documents share a key with a chance of one in a million. */
function shortKey(place: Place): string {
  return createHash('sha256').update(keyOf(place)).digest('base64url').slice(0, 12);
}

function write(file: number, rows: readonly unknown[], at: number): number {
  return rows.length === 0 ? 0 : writeWhole(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), at);
}

/** A write may stop half-way (a signal, a full pipe): goes on until all is written. Returns the number of bytes. */
function writeWhole(file: number, text: string, at: number): number {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
  return bytes.length;
}
