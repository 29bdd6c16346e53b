import { findJsonFault } from './json-fault.ts';
import { tooDeepAt } from './json-depth.ts';
import type { Limits } from './limits.ts';
import { ProblemError } from './problem.ts';

/** The JSON value of a request's body. Every limit holds before the body is parsed. Throws a `ProblemError`. */
export async function readJson(request: Request, limits: Limits): Promise<unknown> {
  checkMediaType(request.headers);
  const text = decode(await readBytes(request, limits));
  checkDepth(text, limits);
  return parse(text);
}

function checkDeclaredLength(headers: Headers, { bodyBytes }: Limits): void {
  const declared = Number(headers.get('Content-Length') ?? 0);
  if (declared > bodyBytes) throw tooLarge(`the body has ${declared} bytes, more`, bodyBytes);
}

function checkMediaType(headers: Headers): void {
  const given = headers.get('Content-Type') ?? '';
  if (given !== 'application/json') checkNamedType(given);
  checkUncompressed(headers);
}

function checkNamedType(given: string): void {
  const [type = '', ...parameters] = given.toLowerCase().split(';');
  const charset = parameters
    .map((one) => /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/.exec(one)?.[1])
    .find((one) => one !== undefined);
  if (type.trim() !== 'application/json' || !/^utf-?8$/.test(charset ?? 'utf-8')) {
    throw new ProblemError(
      'unsupported-media-type',
      'the body must be application/json in UTF-8; set Content-Type to that',
    );
  }
}

/** A compressed body could be a thousand times what it declares. */
export function checkUncompressed(headers: Headers): void {
  if (/^(?:identity)?$/i.test(headers.get('Content-Encoding') ?? '')) return;
  throw new ProblemError('unsupported-media-type', 'the body must not be compressed; leave Content-Encoding out');
}

/**
 * At most `bodyBytes`, whoever asks. A length that is declared is held against them before anything is read, and no runtime gives more than
 * was declared: such a body is read in one piece, a fifth of the time of a check faster than as a stream.
 */
export async function readBytes(request: Request, limits: Limits): Promise<Uint8Array> {
  checkDeclaredLength(request.headers, limits);
  const bytes = request.headers.has('Content-Length') ? await readWhole(request) : await readStream(request, limits);
  if (bytes.length > limits.bodyBytes) throw tooLarge('the body is longer', limits.bodyBytes);
  if (bytes.length > 0) return bytes;
  throw new ProblemError('empty-body', 'the body is empty; send a JSON object with text, html or markdown');
}

async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    throw brokenOff();
  }
}

/** Stops at the limit. */
async function readStream(request: Request, { bodyBytes }: Limits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let chunk = await next(reader); chunk !== undefined; chunk = await next(reader)) {
    size += chunk.length;
    if (size > bodyBytes) {
      // What is still under way is of no interest, nor is how its end comes about.
      reader?.cancel().catch(() => {});
      throw tooLarge('the body is longer', bodyBytes);
    }
    chunks.push(chunk);
  }
  return join(chunks, size);
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<Uint8Array | undefined> {
  try {
    return (await reader?.read())?.value;
  } catch {
    throw brokenOff();
  }
}

function brokenOff(): ProblemError {
  return new ProblemError('unreadable-body', 'the body broke off before its end; send it again');
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProblemError('invalid-utf8', 'the body is not UTF-8; encode it as UTF-8 before it is sent');
  }
}

function checkDepth(text: string, { jsonDepth }: Limits): void {
  const position = tooDeepAt(text, jsonDepth);
  if (position < 0) return;
  const detail = `the JSON is nested deeper than the limit of ${jsonDepth} (jsonDepth) at ${placeOf(text, position)}`;
  throw new ProblemError('too-deep', detail, { limit: jsonDepth, position });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { position, expected } = findJsonFault(text) ?? { position: text.length, expected: 'the end' };
    const found = position < text.length ? JSON.stringify(text.charAt(position)) : 'the end of the body';
    throw new ProblemError('invalid-json', `expected ${expected} but found ${found} at ${placeOf(text, position)}`, {
      position,
    });
  }
}

/** `position 12 (line 2, column 5)`: the position from 0, line and column from 1. */
function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `position ${position} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
}

function tooLarge(offender: string, limit: number): ProblemError {
  return new ProblemError('too-large', `${offender} than the limit of ${limit} bytes (bodyBytes); split the document`, {
    limit,
  });
}
