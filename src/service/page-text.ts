/** Encodings of bytes that are no UTF-8 and say nothing of themselves, each stricter than the next. */
const LEGACY = ['gb18030', 'big5', 'euc-kr', 'shift_jis', 'windows-1252'];
const DECLARED = /(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})/i;

/**
 * The text of a page: UTF-8 where its bytes are that, whatever is declared; then what the header declares, then the page, then the
 * first legacy encoding that decodes it without an error. `null` where it is binary.
 */
export function pageText(bytes: Uint8Array, contentType: string | null): string | null {
  if (bytes.includes(0)) return null;
  const inPage = DECLARED.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 1024)))?.[1];
  const declared = [DECLARED.exec(contentType ?? '')?.[1], inPage].filter((encoding) => encoding !== undefined);
  for (const encoding of ['utf-8', ...declared, ...LEGACY]) {
    const text = strict(bytes, encoding);
    if (text !== null) return text;
  }
  return null;
}

function strict(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
