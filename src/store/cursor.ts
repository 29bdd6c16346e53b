import { StoreError } from './store-error.ts';

/** A place in a list ordered by time and id. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

/** Opaque to clients, and safe in a URL. */
export function encodeCursor({ at, id }: Place): string {
  return `${at.toString(36)}.${encodeURIComponent(JSON.stringify(id))}`;
}

/** Throws `bad-cursor`. */
export function decodeCursor(cursor: string): Place {
  const [, time, rest] = /^([0-9a-z]{1,11})\.(.+)$/s.exec(cursor) ?? [];
  try {
    const id: unknown = JSON.parse(decodeURIComponent(rest ?? ''));
    if (time !== undefined && typeof id === 'string') return { at: Number.parseInt(time, 36), id };
  } catch {
    // Told below: every malformed cursor is told alike.
  }
  throw new StoreError('bad-cursor', 'the cursor is not one that this list gave; ask for the first page again');
}
