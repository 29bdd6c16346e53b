import { StoreError, type StoreErrorCode } from '../store/store-error.ts';

/** By SQLite's extended result code, then by its primary one (the low byte). */
const CAUSES: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  5: ['busy', 'another process kept it locked for too long: try again, and see whether a backup or a shell holds it'],
  6: ['busy', 'it is locked: try again'],
  8: ['read-only', 'it cannot be written: give the user of the service write access to the file and its folder'],
  10: ['unavailable', 'the disk failed to read or write: see the log of the operating system'],
  11: ['corrupt', 'it is damaged: restore a backup, or save what is left with "sqlite3 FILE .recover"'],
  13: ['full', 'there is no space left: free some on the disk, or shorten the retention'],
  14: [
    'unavailable',
    'it cannot be opened: see whether the folder is there and the user of the service may read and write it',
  ],
  18: ['bad-input', 'a value is larger than SQLite stores'],
  19: ['bad-input', 'a value does not fit its column'],
  26: ['corrupt', 'it is no SQLite database: restore a backup, or name another file'],
  787: ['conflict', 'what it belongs to is not there'],
  1299: ['conflict', 'what it belongs to is not there'],
  1555: ['conflict', 'the id is taken'],
  2067: ['conflict', 'the id or hash is taken'],
};

/** Of the file system, before SQLite has the file. */
const SYSTEM_CAUSES: Readonly<Record<string, number>> = {
  EACCES: 8,
  EPERM: 8,
  EROFS: 8,
  ENOSPC: 13,
  EDQUOT: 13,
  EISDIR: 14,
  ENOENT: 14,
};

/** A StoreError that names the file, what is wrong with it and what to do; a StoreError comes back as it is. */
export function storeErrorOf(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause;
  const { errcode, code: system = '' } = (cause ?? {}) as { errcode?: number; code?: string };
  const number = errcode ?? SYSTEM_CAUSES[system] ?? 0;
  const [code, text] = CAUSES[number] ?? CAUSES[number & 0xff] ?? ['unavailable', detailOf(cause)];
  return new StoreError(code, `store ${path}: ${text}`, { cause });
}

function detailOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
