import { createReadStream, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { CheckInput } from '../sieve.ts';
import { decodeBytes } from './charset.ts';
import { UserFailure } from './failure.ts';
import { reasonOf } from './system-error.ts';

export type InputKind = 'auto' | 'text' | 'html' | 'markdown' | 'ndjson';
export type DocumentKind = 'text' | 'html' | 'markdown';

const KINDS: Readonly<Record<string, DocumentKind>> = {
  '.htm': 'html',
  '.html': 'html',
  '.xhtml': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
};
/** A text that opens like this is HTML. */
const LOOKS_LIKE_HTML = /^\ufeff?\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i;

/** Reads one file, or standard input for `-`. Throws a UserFailure that names the file. */
export function readDocument(path: string, kind: Exclude<InputKind, 'ndjson'>): CheckInput {
  const { text } = decodeBytes(readBytes(path), path === '-' ? 'standard input' : path);
  return asInput(text, path, kind === 'auto' ? guessKind(path, text) : kind);
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    throw new UserFailure(`${path}: ${reasonOf(error)}`);
  }
}

/** The bytes of one file, or of standard input for `-`, as they come. Throws a UserFailure that names the file. */
export async function* streamBytes(path: string): AsyncGenerator<Uint8Array> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  try {
    yield* input as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new UserFailure(`${path}: ${reasonOf(error)}`);
  }
}

function guessKind(path: string, text: string): DocumentKind {
  return KINDS[extname(path).toLowerCase()] ?? (LOOKS_LIKE_HTML.test(text) ? 'html' : 'text');
}

export function asInput(source: string, id: string, kind: DocumentKind): CheckInput {
  if (kind === 'html') return { html: source, id };
  return kind === 'markdown' ? { markdown: source, id } : { text: source, id };
}

/** The source of an input, whatever its kind. */
export function sourceOf(input: CheckInput): string {
  return input.text ?? input.html ?? input.markdown ?? '';
}
