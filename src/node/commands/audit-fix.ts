import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { inputOf, type FindingRow } from '../../audit/finding-row.ts';
import { removalsOf, restore, type Removal } from '../../audit/patch.ts';
import { placeName } from '../../audit/source.ts';
import { linesOfBytes } from '../../audit/sources/records.ts';
import type { Sieve } from '../../sieve.ts';
import { EXIT, UserFailure } from '../failure.ts';

export interface FixFlags {
  /** Changes the files; without it, only says what it would change. */
  readonly write?: boolean;
  /** Puts back what an earlier `--write` took out. */
  readonly undo?: boolean;
  readonly policy?: string;
}

/** One changed file in `patch.ndjson`. */
interface FilePatch {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly removals: readonly Removal[];
}

/**
 * `linesieve audit fix`: takes what an audit found out of its files (whole UTF-8 files; anything else is named and left). A copy
 * of each file goes to `backup/` in the folder of the audit, what was taken out to `patch.ndjson`. A file that has changed
 * since the audit is left alone. Returns the exit code: 1 where something was left. Throws a UserFailure.
 */
export async function auditFix(folder: string, flags: FixFlags, sieve: Sieve): Promise<number> {
  const patchPath = join(folder, 'patch.ndjson');
  if (flags.undo === true) return undo(patchPath);
  if (flags.write === true && existsSync(patchPath)) {
    throw new UserFailure(`${patchPath} is there already; audit again into a new folder, or take it back with --undo`);
  }
  const patches: FilePatch[] = [];
  let left = 0;
  for await (const row of findings(folder)) {
    const patch = patchOf(row, flags, sieve);
    if (typeof patch === 'string') {
      left++;
      process.stdout.write(`${placeName(row.place)}: left, ${patch}\n`);
    } else patches.push(patch);
  }
  if (flags.write === true) apply(folder, patches);
  for (const { path, removals } of patches) {
    const units = removals.reduce((sum, { text }) => sum + text.length, 0);
    process.stdout.write(`${path}: ${units} characters ${flags.write === true ? 'taken out' : 'would be taken out'}\n`);
  }
  return left > 0 ? EXIT.findings : EXIT.clean;
}

/** The patch of a file, or why there is none. */
function patchOf({ place, id, digest, contentType }: FindingRow, flags: FixFlags, sieve: Sieve): FilePatch | string {
  if (place.entry !== undefined || /\.gz$/i.test(place.source))
    return 'it is a part of a file; clean it where it came from';
  if (!existsSync(place.source)) return 'there is no such file any more';
  const bytes = readFileSync(place.source);
  if (digestOf(bytes) !== digest) return 'it has changed since the audit; audit it again';
  const text = utf8(bytes);
  if (text === null) return 'it is not UTF-8; convert it first';
  const type = (['text/html', 'text/markdown'] as const).find((known) => known === contentType) ?? null;
  const input = inputOf({ kind: 'document', id, place, contentType: type, content: text }, text);
  const { cleaned = text } = sieve.check(input, {
    clean: true,
    ...(flags.policy === undefined ? {} : { policy: flags.policy }),
  });
  if (cleaned === text) return 'every span wants a person to look';
  return { path: place.source, before: digest, after: digestOf(cleaned), removals: removalsOf(text, cleaned) };
}

/** The patch is on disk before the first file changes, so that a killed run can be taken back. */
function apply(folder: string, patches: readonly FilePatch[]): void {
  mkdirSync(join(folder, 'backup'), { recursive: true });
  for (const { path, before } of patches) copyFileSync(path, join(folder, 'backup', before));
  writeFileSync(join(folder, 'patch.ndjson'), patches.map((patch) => `${JSON.stringify(patch)}\n`).join(''));
  for (const { path, removals } of patches) replace(path, without(readFileSync(path, 'utf8'), removals));
}

function undo(patchPath: string): number {
  if (!existsSync(patchPath)) throw new UserFailure(`${patchPath}: there is no patch to take back`);
  let left = 0;
  for (const line of readFileSync(patchPath, 'utf8').split('\n').filter(Boolean)) {
    const { path, before, after, removals } = JSON.parse(line) as FilePatch;
    const now = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (digestOf(now) === before) continue;
    if (digestOf(now) === after) replace(path, restore(now, removals));
    else {
      left++;
      process.stdout.write(`${path}: left, it has changed since; its copy is backup/${before}\n`);
    }
  }
  if (left === 0) renameSync(patchPath, patchPath.replace(/\.ndjson$/, '.undone.ndjson'));
  return left > 0 ? EXIT.findings : EXIT.clean;
}

function without(text: string, removals: readonly Removal[]): string {
  let from = 0;
  const parts = removals.map(({ at, text: removed }) => {
    const part = text.slice(from, at);
    from = at + removed.length;
    return part;
  });
  return parts.join('') + text.slice(from);
}

/** Through a file beside it: a killed run leaves the old or the new one, never half. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.linesieve`, text);
  renameSync(`${path}.linesieve`, path);
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function* findings(folder: string): AsyncGenerator<FindingRow> {
  const path = join(folder, 'findings.ndjson');
  if (!existsSync(path)) throw new UserFailure(`${folder}: there is no findings.ndjson; name the --out of an audit`);
  for await (const line of linesOfBytes(createReadStream(path))) {
    if (line !== null && line !== '') yield JSON.parse(line) as FindingRow;
  }
}
