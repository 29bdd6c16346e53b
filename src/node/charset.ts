import { analyse } from 'chardet';
import { likeliestEncodings } from './charset-likelihood.ts';
import { UserFailure } from './failure.ts';

/** What was decoded, and from which encoding. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/** Statistics of a text need some text; below this what is known of the encodings counts. */
const ENOUGH_BYTES = 200;
/** Legacy encodings in the order they are tried: each is stricter than the next. */
const LEGACY = ['gb18030', 'big5', 'euc-kr', 'shift_jis'];
const NAMES: Readonly<Record<string, string>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
  Shift_JIS: 'shift_jis',
};
const DECLARED = /(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})/i;

/**
 * Decodes a file: byte order mark, then UTF-8, then what HTML or XML declares, then the likeliest legacy encoding. A mark
 * stays in the text, so that what is cleaned can be written back as it was. Throws a UserFailure for binary files.
 */
export function decodeBytes(bytes: Uint8Array, name: string): Decoded {
  const marked = markOf(bytes);
  if (marked !== null) return { text: decode(bytes, marked, name), encoding: marked };
  if (bytes.includes(0)) throw new UserFailure(`${name}: binary (it has NUL bytes); give text, HTML or Markdown`);
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8' };
  for (const encoding of candidates(bytes)) {
    const text = tryDecode(bytes, encoding);
    if (text !== null) return { text, encoding };
  }
  throw new UserFailure(
    `${name}: in no encoding that is read here (UTF-8, UTF-16, ${LEGACY.join(', ')}); convert it to UTF-8`,
  );
}

function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function candidates(bytes: Uint8Array): string[] {
  const declared = DECLARED.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 1024)))?.[1]?.toLowerCase();
  const likely =
    bytes.length < ENOUGH_BYTES ? likeliestEncodings(bytes) : analyse(bytes).map(({ name }) => NAMES[name] ?? '');
  return [...new Set([declared ?? '', ...likely, ...LEGACY])].filter((encoding) => encoding !== '');
}

function decode(bytes: Uint8Array, encoding: string, name: string): string {
  const text = tryDecode(bytes, encoding);
  if (text === null)
    throw new UserFailure(`${name}: marked as ${encoding}, but not valid ${encoding}; convert it to UTF-8`);
  return text;
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
