import { existsSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { EXIT, UserFailure } from './failure.ts';

/** What the operating system refuses because of the path that it was given. */
const PATH_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder; name its files',
  ENOTDIR: 'a part of this path is a file, not a folder; name another path',
  EEXIST: 'this is a file; name a folder',
  EACCES: 'this user may neither read nor write it',
  EPERM: 'this user may not do that; name another path',
  EROFS: 'its disk may only be read; name another path',
  ENAMETOOLONG: 'the name is longer than the file system takes; name another path',
  ELOOP: 'its symbolic links lead in a circle; name another path',
};

const SYSTEM_FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some of it, then give the same command again',
  EDQUOT: 'the quota of this user is full; free some of it, then give the same command again',
};

/** Why a path cannot be read or written, for a person. */
export function reasonOf(error: unknown): string {
  if (!isSystemError(error)) return error instanceof Error ? error.message : String(error);
  const { code, path, syscall } = error;
  if (code === 'ENOENT' && syscall === 'scandir') return 'there is no such folder';
  if (code === 'ENOENT' && path !== undefined && !existsSync(dirname(path))) {
    return `there is no folder ${dirname(path)}`;
  }
  return PATH_FAULTS[code] ?? error.message;
}

/**
 * What the operating system said, as one line: a usage error where it refuses a path that the user named, an internal one where the disk
 * is full; `null` where it is for a developer to read, as with the files of the package. `named`: words of the command line and values of settings.
 */
export function systemFailure(error: unknown, named: readonly string[]): UserFailure | null {
  if (!isSystemError(error)) return null;
  const { code, path } = error;
  const fault = SYSTEM_FAULTS[code];
  if (fault !== undefined) return new UserFailure(`${fault} (${error.message})`, EXIT.internal);
  if (path === undefined || PATH_FAULTS[code] === undefined) return null;
  return named.some((word) => belongsTo(path, word)) ? new UserFailure(`${path}: ${reasonOf(error)}`) : null;
}

/** Node gives every system error its code, and a path where the call took one. */
type SystemError = Error & { readonly code: string; readonly path?: string; readonly syscall: string };

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** Is a path that of a word (`--out=DIR` too), below it, or above it, as a folder that had to be made first? */
function belongsTo(path: string, word: string): boolean {
  const here = resolve(path);
  const there = resolve(word.replace(/^--[\w-]+=/, ''));
  return here === there || here.startsWith(there + sep) || there.startsWith(here + sep);
}
