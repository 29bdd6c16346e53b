import { checkUncompressed, readBytes } from './body.ts';
import { faultAt } from './fault-at.ts';
import type { Limits } from './limits.ts';
import { ProblemError } from './problem.ts';

/** The fields of a form by name; of a name that comes twice, the first. */
export type Form = ReadonlyMap<string, string>;

/** Fields that a form may have: Akismet knows 25, and clients add the variables of their server. */
const MOST_FIELDS = 1_000;

/**
 * Reads an URL-encoded form in the encoding that its Content-Type names, else its field `blog_charset`, else UTF-8. Every limit holds before it is
 * parsed. Throws a `ProblemError`, also for an encoding that nobody knows: what is garbled would be judged, and learned.
 */
export async function readForm(request: Request, limits: Limits): Promise<Form> {
  checkUncompressed(request.headers);
  const declared = request.headers.get('Content-Type') ?? '';
  if (declared.split(';', 1)[0].trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    const detail = 'the body must be a form; set Content-Type to application/x-www-form-urlencoded';
    throw new ProblemError('unsupported-media-type', detail);
  }
  const fields = fieldsOf(await readBytes(request, limits));
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(declared)?.[1];
  const decoder = decoderOf(charset ?? asciiOf(fields.get('blog_charset')) ?? '');
  return new Map([...fields].map(([name, value]) => [name, decoder.decode(value)]));
}

/** The values as bytes by name; of a name that comes twice, the first. */
function fieldsOf(body: Uint8Array): Map<string, Uint8Array> {
  const fields = new Map<string, Uint8Array>();
  for (let from = 0; from < body.length;) {
    const found = body.indexOf(AMPERSAND, from);
    const to = found < 0 ? body.length : found;
    const field = body.subarray(from, to);
    from = to + 1;
    if (field.length === 0) continue;
    const equals = field.indexOf(EQUALS);
    const name = UTF_8.decode(unescaped(equals < 0 ? field : field.subarray(0, equals)));
    if (fields.size >= MOST_FIELDS) throw faultAt('', `the form has more than ${MOST_FIELDS} fields`);
    if (!fields.has(name)) fields.set(name, equals < 0 ? EMPTY : unescaped(field.subarray(equals + 1)));
  }
  return fields;
}

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const PERCENT = 0x25;
const BLANK = 0x20;
const EMPTY = new Uint8Array();
const UTF_8 = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** Bytes without their escapes: a plus is a blank, and a percent sign without two hexadecimal digits itself. */
function unescaped(escaped: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at++) {
    const code = escaped[at] === PERCENT ? codeOf(escaped[at + 1], escaped[at + 2]) : null;
    if (code === null) bytes[length++] = escaped[at] === PLUS ? BLANK : escaped[at];
    else {
      bytes[length++] = code;
      at += 2;
    }
  }
  return bytes.subarray(0, length);
}

function codeOf(first: number | undefined, second: number | undefined): number | null {
  if (first === undefined || second === undefined) return null;
  const digits = String.fromCharCode(first, second);
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : null;
}

function asciiOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : UTF_8.decode(bytes).trim();
}

function decoderOf(charset: string): TextDecoder {
  if (charset === '') return UTF_8;
  try {
    return new TextDecoder(charset, { fatal: false, ignoreBOM: true });
  } catch {
    const shown = charset.slice(0, 40).toWellFormed();
    throw faultAt('/blog_charset', `the encoding ${shown} is not known; send the form in UTF-8`);
  }
}
