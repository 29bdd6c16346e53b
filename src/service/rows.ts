import type { CheckInput } from '../index.ts';
import { tooDeepAt } from './json-depth.ts';

/** A row that could not be judged, in the place of its verdict. */
export interface ErrorRow {
  readonly id: string;
  readonly error: { readonly code: string; readonly detail: string };
}

/** What a row may weigh; a heavier one becomes an error row. */
export interface RowLimits {
  readonly bytes: number;
  /** The setting that raises `bytes`, where there is one. */
  readonly setting?: string;
  readonly jsonDepth: number;
  /** An id is then a string of 1 to so many characters, or a number, and is logged; where left out, any string names its row. */
  readonly idLength?: number;
}

const LINE_FEED = 0x0a;
const SOURCES = ['text', 'html', 'markdown'] as const;
const FIELDS: Readonly<Record<string, (typeof SOURCES)[number]>> = {
  'text/plain': 'text',
  'text/html': 'html',
  'text/markdown': 'markdown',
};

/**
 * Reads a stream of NDJSON rows `{"id", "text", "contentType"?}` (or `html`, or `markdown`, in the place of `text`) chunk by chunk. Holds
 * at most one row; of one that is too long, nothing but its length. Blank rows are counted and skipped.
 */
export class RowReader {
  readonly #limits: RowLimits;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  #parts: Uint8Array[] = [];
  #size = 0;
  #number = 0;

  constructor(limits: RowLimits) {
    this.#limits = limits;
  }

  /** The rows that end within the chunk, one after the other as they are asked for. The chunk must be used up before the next. */
  *push(chunk: Uint8Array): Generator<CheckInput | ErrorRow> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      this.#add(chunk.subarray(from, at));
      yield* this.end();
      from = at + 1;
    }
    this.#add(chunk.subarray(from));
  }

  /** The last row, which no line feed ends. */
  *end(): Generator<CheckInput | ErrorRow> {
    const row = this.#take();
    if (row !== null) yield row;
  }

  #add(part: Uint8Array): void {
    this.#size += part.length;
    if (this.#size > this.#limits.bytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #take(): CheckInput | ErrorRow | null {
    const name = `row ${++this.#number}`;
    const [parts, size] = [this.#parts, this.#size];
    this.#parts = [];
    this.#size = 0;
    const { bytes, setting } = this.#limits;
    const limit = setting === undefined ? String(bytes) : `${bytes} (${setting})`;
    if (size > bytes) return failed(name, 'too-long', `${name} has ${size} bytes, more than ${limit}; split it`);
    let text: string;
    try {
      text = this.#decoder.decode(parts.length === 1 ? parts[0] : joined(parts, size));
    } catch {
      return failed(name, 'invalid-utf8', `${name} is not UTF-8`);
    }
    return text.trim() === '' ? null : this.#parse(text, name);
  }

  #parse(text: string, name: string): CheckInput | ErrorRow {
    const { jsonDepth, idLength } = this.#limits;
    if (tooDeepAt(text, jsonDepth) >= 0) return failed(name, 'too-deep', `${name} is nested deeper than ${jsonDepth}`);
    try {
      return inputOf(JSON.parse(text), name, idLength);
    } catch (error) {
      return failed(name, 'invalid-json', `${name} is no JSON: ${error instanceof Error ? error.message : ''}`);
    }
  }
}

/** An error row for a row that is named `id` by its client, or `row <number>`. */
export function failed(id: string, code: string, detail: string): ErrorRow {
  return { id, error: { code, detail } };
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function inputOf(row: unknown, fallback: string, idLength: number | undefined): CheckInput | ErrorRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return failed(fallback, 'invalid-row', `${fallback} is no object; rows are {"id", "text", "contentType"?}`);
  }
  const fields = row as Readonly<Record<string, unknown>>;
  const { id, contentType = 'text/plain' } = fields;
  if (idLength !== undefined && id !== undefined && !isName(id, idLength)) {
    return failed(fallback, 'invalid-row', `${fallback}: id must be a string of 1 to ${idLength} characters`);
  }
  const name = typeof id === 'string' || typeof id === 'number' ? String(id) : fallback;
  const given = SOURCES.filter((source) => fields[source] !== undefined);
  const [source] = given;
  const value = source === undefined ? undefined : fields[source];
  if (source === undefined || given.length > 1 || typeof value !== 'string') {
    return failed(name, 'invalid-row', `${name}: text must be a string (or html, or markdown, in its place)`);
  }
  if (source !== 'text') return { [source]: value, id: name };
  const field = typeof contentType === 'string' ? fieldFor(contentType) : undefined;
  if (field !== undefined) return { [field]: value, id: name };
  const known = Object.keys(FIELDS).join(', ');
  return failed(name, 'invalid-row', `${name}: contentType ${JSON.stringify(contentType)} is none of ${known}`);
}

function isName(id: unknown, longest: number): boolean {
  return typeof id === 'number' || (typeof id === 'string' && id.length > 0 && id.length <= longest);
}

function fieldFor(contentType: string): (typeof SOURCES)[number] | undefined {
  const type = contentType.split(';', 1)[0].trim().toLowerCase();
  return Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
}
