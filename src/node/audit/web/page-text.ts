import { decodeBytes } from '../../charset.ts';

/** Encodings whose bytes may be valid UTF-8 and mean something else. */
const NOT_BY_BYTES = /^(?:utf-16|iso-2022|utf-7)/i;
const DECLARED_IN_PAGE = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{3,20})/i;
/** A page in UTF-8 may have a character cut by its server: up to one in five hundred units is repaired, as browsers do. */
const MOST_REPAIRED = 1 / 500;

/**
 * The text of a page. Bytes that are valid UTF-8 are UTF-8 whatever is declared, because declarations are wrong more often;
 * then the encoding of the header, then what `decodeBytes` finds (declared in the page, or the likeliest). Throws a
 * UserFailure where none fits.
 */
export function pageText(bytes: Uint8Array, contentType: string | null, address: string): string {
  const header = charsetOf(contentType);
  const first = header !== null && NOT_BY_BYTES.test(header) ? [header, 'utf-8'] : ['utf-8'];
  const inPage = DECLARED_IN_PAGE.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 1024)))?.[1] ?? null;
  const order = [...first, ...(/^utf-?8$/i.test(header ?? inPage ?? '') ? [] : [header])];
  for (const encoding of order) {
    const text = encoding === null ? null : strict(bytes, encoding);
    if (text !== null && !text.includes('\0')) return text;
  }
  return (/^utf-?8$/i.test(header ?? inPage ?? '') ? repaired(bytes) : null) ?? decodeBytes(bytes, address).text;
}

export function charsetOf(contentType: string | null): string | null {
  return /charset\s*=\s*"?\s*([\w-]{3,20})/i.exec(contentType ?? '')?.[1] ?? null;
}

function strict(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function repaired(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  return broken <= text.length * MOST_REPAIRED && !text.includes('\0') ? text : null;
}
