import { bytesOf } from './octets.ts';

/** Tried in this order where the label is wrong or missing: each refuses more than the next, and the last takes every byte. */
const LIKELY = ['utf-8', 'gb18030', 'big5', 'euc-kr', 'shift_jis', 'windows-1252'];
/** Labels that take every byte prove nothing, so UTF-8, which takes hardly any text but its own, is tried before them. */
const TAKES_ALL = /^(?:us-ascii|ascii|iso-8859-1|latin-?1|windows-1252|cp-?1252|default|unknown.*|x-unknown|)$/;

/** Text of octets that say they are in `label`; a label that is unknown or does not fit counts for nothing. */
export function decodeCharset(octets: string, label: string): string {
  const bytes = bytesOf(octets);
  const said = label.trim().toLowerCase();
  const candidates = TAKES_ALL.test(said) ? ['utf-8', ...(said === '' ? [] : [said])] : [said];
  for (const encoding of [...candidates, ...LIKELY]) {
    const text = tryDecode(bytes, encoding);
    if (text !== null) return text;
  }
  return octets;
}

function tryDecode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
