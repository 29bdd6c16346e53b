/** Where a document stands: together the parts name it within an audit, and two documents never share all of them. */
export interface Place {
  /** File or address as it was given or found. */
  readonly source: string;
  /** Which record of it: a row, the id of a post, the place of a WARC record. */
  readonly entry?: string;
  /** Which field of the record: a column, or a JSON pointer. */
  readonly field?: string;
}

export type ContentType = 'text/plain' | 'text/html' | 'text/markdown';

/** A document as a source gives it: decoded text, or bytes whose encoding is still to be found. */
export interface AuditDocument {
  readonly kind: 'document';
  readonly id: string;
  readonly place: Place;
  /** `null`: guessed from the text. */
  readonly contentType: ContentType | null;
  readonly content: string | Uint8Array;
  /** ISO 8601, where the source knows it. */
  readonly lastModified?: string;
}

/** What a source could not or would not give. Sources report it and go on. */
export interface SourceNotice {
  readonly kind: 'skipped' | 'error';
  readonly place: Place;
  /** A stable ASCII code. */
  readonly code: string;
  readonly detail: string;
}

export type SourceItem = AuditDocument | SourceNotice;

/** Documents in an order that is the same at every reading, streamed: a source holds one record at a time. */
export type AuditSource = AsyncIterable<SourceItem>;

/** Bytes of a file or an answer, in chunks. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** What a document may have, in bytes or UTF-16 units: a record beyond is an error of the source, and the run goes on. */
export const LARGEST_DOCUMENT = 16 * 1024 * 1024;

export function keyOf({ source, entry, field }: Place): string {
  return JSON.stringify([source, entry ?? null, field ?? null]);
}

export function placeName({ source, entry, field }: Place): string {
  return [source, entry, field].filter((part) => part !== undefined).join('#');
}

export function failure(place: Place, code: string, detail: string): SourceNotice {
  return { kind: 'error', place, code, detail };
}

export function skipped(place: Place, code: string, detail: string): SourceNotice {
  return { kind: 'skipped', place, code, detail };
}

export function tooLarge(place: Place): SourceNotice {
  const limit = `${LARGEST_DOCUMENT / 1024 / 1024} MB`;
  return failure(place, 'too-large', `${placeName(place)} has more than ${limit}; split it or check it by hand`);
}
