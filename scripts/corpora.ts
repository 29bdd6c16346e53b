import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One file of the corpora, its lines parted by a hash of the line: half is never trained on. */
export interface CorpusFile {
  readonly folder: string;
  readonly name: string;
  /** Counted and scaled on. */
  readonly train: readonly string[];
  /** Calibrated and tuned on: one in eight of the first half. */
  readonly dev: readonly string[];
  /** Measured on, nothing else: the second half. */
  readonly held: readonly string[];
}

/** Where the corpora are, from `LINESIEVE_CORPORA` or beside the checkout; `null` where they are absent. */
export function corporaFolder(): string | null {
  const folder = process.env['LINESIEVE_CORPORA'] ?? new URL('../../shared/corpora', import.meta.url).pathname;
  return existsSync(folder) ? folder : null;
}

export function readCorpora(folder: string): CorpusFile[] {
  const root = corporaFolder();
  if (root === null) throw new Error('no corpora found; set LINESIEVE_CORPORA to their folder');
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.txt.gz'))
    .sort()
    .map((file) => part(folder, file.replace('.txt.gz', ''), linesOfFile(join(root, folder, file))));
}

function linesOfFile(path: string): string[] {
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function part(folder: string, name: string, lines: readonly string[]): CorpusFile {
  const [train, dev, held]: string[][] = [[], [], []];
  for (const line of lines) {
    const hash = lineHash(line);
    if ((hash & 1) === 1) held.push(line);
    else if ((hash >>> 1) % 8 === 0) dev.push(line);
    else train.push(line);
  }
  return { folder, name, train, dev, held };
}

/** FNV-1a over UTF-16 units with MurmurHash3's finaliser: no other hash of the project, so that no split follows features. */
export function lineHash(line: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
