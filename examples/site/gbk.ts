let table: ReadonlyMap<string, number> | null = null;

/** A text in GBK. Throws a RangeError for a character that GBK does not have. The runtime only decodes: its table is turned round. */
export function encodeGbk(text: string): Uint8Array {
  table ??= readTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character < '\u0080' ? character.charCodeAt(0) : table.get(character);
    if (code === undefined) throw new RangeError(`GBK has no ${character}; write the page in UTF-8`);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Uint8Array.from(bytes);
}

function readTable(): Map<string, number> {
  const decoder = new TextDecoder('gbk', { fatal: true });
  const codes = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoded(decoder, lead, trail);
      if (character !== null && !codes.has(character)) codes.set(character, (lead << 8) | trail);
    }
  }
  return codes;
}

function decoded(decoder: TextDecoder, lead: number, trail: number): string | null {
  try {
    const text = decoder.decode(Uint8Array.of(lead, trail));
    return [...text].length === 1 ? text : null;
  } catch {
    return null;
  }
}
