import { existsSync, openSync, readFileSync, readSync, closeSync, createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FindingRow } from '../../audit/finding-row.ts';
import { UserFailure } from '../failure.ts';
import { contentEntry, sortContents } from './contents.ts';
import { judgedText } from './judged.ts';

/** A row of findings.ndjson as it stands there. */
interface KeptRow {
  readonly spans: number;
  readonly text: string;
}

interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly spans: number;
}

/**
 * What an earlier run (`--since`) knew: which documents it had with which content, and what it found in them. Memory: 16 bytes a
 * document, and a place for each that was flagged.
 */
export class EarlierRun {
  readonly known: SharedArrayBuffer;
  readonly #file: number;
  readonly #rows: ReadonlyMap<string, Stretch>;

  private constructor(known: SharedArrayBuffer, file: number, rows: ReadonlyMap<string, Stretch>) {
    this.known = known;
    this.#file = file;
    this.#rows = rows;
  }

  /** `judged`: what verdicts depend on. Throws a UserFailure for a folder of no audit, or of one that judged otherwise. */
  static async open(folder: string, judged: string): Promise<EarlierRun> {
    const contents = join(folder, 'contents.bin');
    const findings = join(folder, 'findings.ndjson');
    if (!existsSync(contents) || !existsSync(findings))
      throw new UserFailure(
        `--since ${folder}: there is no audit (contents.bin, findings.ndjson); name the --out of one`,
      );
    if (judgedText(folder) !== judged) {
      const detail = 'its engine, policy or excluded rules differ, so all has to be checked again; leave --since out';
      throw new UserFailure(`--since ${folder}: ${detail}`);
    }
    const known = sortContents(readFileSync(contents));
    return new EarlierRun(known, openSync(findings, 'r'), await stretchesOf(findings));
  }

  /** The row of a document by its entry in contents.bin; `[]` where nothing was found in it. */
  rowOf(entry: string): KeptRow | [] {
    const stretch = this.#rows.get(entry);
    if (stretch === undefined) return [];
    const bytes = Buffer.alloc(stretch.length);
    readSync(this.#file, bytes, 0, stretch.length, stretch.start);
    return { spans: stretch.spans, text: bytes.toString() };
  }

  close(): void {
    closeSync(this.#file);
  }
}

async function stretchesOf(path: string): Promise<Map<string, Stretch>> {
  const rows = new Map<string, Stretch>();
  let start = 0;
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]);
      const row = JSON.parse(line.toString()) as FindingRow;
      const entry = Buffer.from(contentEntry(row.place, row.digest)).toString('hex');
      rows.set(entry, { start, length: line.length, spans: row.spans.length });
      start += line.length + 1;
      parts = [];
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
  }
  return rows;
}
