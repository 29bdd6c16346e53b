/** A character reference: the code point it names and the position after it. */
export interface Reference {
  readonly code: number;
  readonly end: number;
}

/** Longest digits of a numeric reference that are read: U+10FFFF has seven decimal ones. */
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8})(?=;))(;?)/y;

/** Named references that obfuscation and converted pages use; the whole HTML list belongs to the HTML parser. */
const NAMED: Readonly<Record<string, number>> = {
  amp: 0x26,
  apos: 0x27,
  bull: 0x2022,
  copy: 0xa9,
  emsp: 0x2003,
  ensp: 0x2002,
  gt: 0x3e,
  hellip: 0x2026,
  laquo: 0xab,
  ldquo: 0x201c,
  lsquo: 0x2018,
  lt: 0x3c,
  mdash: 0x2014,
  middot: 0xb7,
  nbsp: 0xa0,
  ndash: 0x2013,
  quot: 0x22,
  raquo: 0xbb,
  rdquo: 0x201d,
  rsquo: 0x2019,
  shy: 0xad,
  thinsp: 0x2009,
  zwj: 0x200d,
  zwnj: 0x200c,
};

/**
 * Reads the reference that starts at `text[i] === '&'` and ends before `end`. As browsers do, a numeric one needs no
 * semicolon, but then at least four digits, so that `?a=1&#12` stays what it is. `null` where there is none.
 */
export function decodeReference(text: string, i: number, end: number): Reference | null {
  REFERENCE.lastIndex = i;
  const match = REFERENCE.exec(text);
  if (match === null || i + match[0].length > end) return null;
  const [whole, decimal, hexadecimal, name, semicolon] = match;
  if (semicolon === '' && (decimal ?? hexadecimal ?? '').length < 4) return null;
  const code = codeOf(decimal, hexadecimal, name);
  return code === null ? null : { code, end: i + whole.length };
}

function codeOf(decimal?: string, hexadecimal?: string, name?: string): number | null {
  if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? null) : null;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  return code <= 0x10ffff ? code : null;
}
