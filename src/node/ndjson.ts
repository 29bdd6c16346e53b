import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';
import type { CheckInput, CheckOptions, Sieve } from '../sieve.ts';
import type { VerdictKind } from '../verdict/verdict.ts';
import { asInput, type DocumentKind } from './documents.ts';

/** What became of a stream of rows. */
export interface StreamResult {
  readonly kinds: ReadonlySet<VerdictKind>;
  readonly errors: number;
}

/** Longest row: what a document may have, and JSON around it. A longer one gives an error row. */
export const LONGEST_ROW = 64 * 1024 * 1024;

const CONTENT_TYPES: Readonly<Record<string, DocumentKind>> = {
  'text/plain': 'text',
  'text/html': 'html',
  'text/markdown': 'markdown',
};

/**
 * Checks rows `{"id", "text", "contentType"?}` one by one and writes a row each, in the same order, as they come: memory stays
 * that of one row. A bad row gives `{"id", "error": {"code", "detail"}}` and the stream goes on.
 */
export async function checkStream(
  input: Readable,
  output: Writable,
  sieve: Sieve,
  options: CheckOptions,
): Promise<StreamResult> {
  const kinds = new Set<VerdictKind>();
  let errors = 0;
  let number = 0;
  for await (const line of rowsOf(input)) {
    number++;
    if (line !== null && line.trim() === '') continue;
    const row = checkRow(line, number, sieve, options);
    if ('error' in row) errors++;
    else kinds.add(row.verdict);
    if (!output.write(`${JSON.stringify(row)}\n`)) await once(output, 'drain');
  }
  return { kinds, errors };
}

interface ErrorRow {
  readonly id: string;
  readonly error: { readonly code: string; readonly detail: string };
}

function checkRow(line: string | null, number: number, sieve: Sieve, options: CheckOptions) {
  const fallback = `row ${number}`;
  if (line === null)
    return failed(fallback, 'too-long', `${fallback} has more than ${LONGEST_ROW} characters; split it`);
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (error) {
    return failed(fallback, 'invalid-json', `${fallback} is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  const input = inputOf(row, fallback);
  return 'error' in input ? input : sieve.check(input, options);
}

function inputOf(row: unknown, fallback: string): CheckInput | ErrorRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return failed(fallback, 'invalid-row', `${fallback} is no object; rows are {"id", "text", "contentType"?}`);
  }
  const { id, text, contentType = 'text/plain' } = row as Record<string, unknown>;
  const name = typeof id === 'string' || typeof id === 'number' ? String(id) : fallback;
  if (typeof text !== 'string') return failed(name, 'invalid-row', `${name}: text must be a string`);
  const kind = typeof contentType === 'string' ? CONTENT_TYPES[contentType.split(';')[0].trim()] : undefined;
  if (kind === undefined) {
    const known = Object.keys(CONTENT_TYPES).join(', ');
    return failed(name, 'invalid-row', `${name}: contentType ${JSON.stringify(contentType)} is none of ${known}`);
  }
  return asInput(text, name, kind);
}

function failed(id: string, code: string, detail: string): ErrorRow {
  return { id, error: { code, detail } };
}

/** Lines of a stream of UTF-8; `null` for one that is too long. */
async function* rowsOf(input: Readable): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    const pieces = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [i, piece] of pieces.entries()) {
      if (i > 0) {
        yield length > LONGEST_ROW ? null : parts.join('');
        parts = [];
        length = 0;
      }
      length += piece.length;
      if (length <= LONGEST_ROW) parts.push(piece);
    }
  }
  if (length > 0) yield length > LONGEST_ROW ? null : parts.join('');
}
