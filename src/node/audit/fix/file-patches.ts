import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserFailure } from '../../failure.ts';
import { putBack, type ByteCut } from './byte-cut.ts';
import { digestOf } from './digest.ts';
import type { FileFix } from './fix.ts';

/** One changed file in `patch.ndjson`: what was taken out of its bytes, or `null` where its copy in `backup/` is the way back. */
interface FilePatch {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly cuts: readonly ByteCut[] | null;
}

/**
 * Writes fixed files in place. First every copy and every new file is on disk, then the patch, then the files change their names: a
 * killed run can be taken back. Throws a UserFailure where a file changed meanwhile; those before it are changed and in the patch.
 */
export function writeFixes(folder: string, fixes: ReadonlyMap<string, FileFix>): void {
  mkdirSync(join(folder, 'backup'), { recursive: true });
  const patches = [...fixes].map(([path, fix]) => prepare(folder, path, fix));
  writeFileSync(join(folder, 'patch.ndjson'), patches.map((patch) => `${JSON.stringify(patch)}\n`).join(''));
  for (const { path, before } of patches) {
    const file = realpathSync(path);
    if (digestOf(readFileSync(file)) !== before)
      throw new UserFailure(`${path}: it has just changed; --undo, then audit again`);
    renameSync(`${file}.linesieve`, file);
  }
}

function prepare(folder: string, path: string, { before, cuts, stage }: FileFix): FilePatch {
  const file = realpathSync(path);
  const staged = `${file}.linesieve`;
  copyFileSync(file, join(folder, 'backup', before));
  stage(staged);
  chmodSync(staged, statSync(file).mode);
  return { path, before, after: digestOf(readFileSync(staged)), cuts: /\.gz$/i.test(path) ? null : cuts };
}

/** Takes an earlier run back; gives the files that have changed since and were left. Throws a UserFailure without a patch. */
export function undoFixes(folder: string): string[] {
  const patchPath = join(folder, 'patch.ndjson');
  if (!existsSync(patchPath)) throw new UserFailure(`${patchPath}: there is no patch to take back`);
  const patches = readFileSync(patchPath, 'utf8').split('\n').filter(Boolean);
  const left = patches.map((line) => undo(folder, JSON.parse(line) as FilePatch)).filter((each) => each !== null);
  if (left.length === 0) renameSync(patchPath, join(folder, 'patch.undone.ndjson'));
  return left;
}

function undo(folder: string, { path, before, after, cuts }: FilePatch): string | null {
  const now = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (digestOf(now) === before) return null;
  const was = cuts === null ? readFileSync(join(folder, 'backup', before)) : putBack(now, cuts);
  if (digestOf(now) !== after || digestOf(was) !== before)
    return `${path}: left, it has changed since; its copy is backup/${before}`;
  const file = realpathSync(path);
  writeFileSync(`${file}.linesieve`, was, { mode: statSync(file).mode });
  renameSync(`${file}.linesieve`, file);
  return null;
}
