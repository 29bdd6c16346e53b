import { removalsOf } from '../../../audit/patch.ts';
import { cutOf, type ByteCut } from './byte-cut.ts';

/** A text and where its units stand in a file: unit i begins at byte `offsets[i]`; the last offset is where the text ends. */
export interface LocatedText {
  readonly text: string;
  readonly offsets: Uint32Array;
}

/**
 * Decodes bytes and says where each character begins; both units of a surrogate pair begin at its first byte. Throws a TypeError for
 * bytes that are not of the encoding.
 */
export function located(bytes: Uint8Array, encoding: string, start = 0): LocatedText {
  return encoding === 'utf-8' ? locatedUtf8(bytes, start) : locatedLegacy(bytes, encoding, start);
}

function locatedUtf8(bytes: Uint8Array, start: number): LocatedText {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const offsets = new Uint32Array(text.length + 1);
  let at = start;
  for (let i = 0; i < text.length; i++) {
    offsets[i] = at;
    const code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) offsets[++i] = at;
    at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  offsets[text.length] = at;
  return { text, offsets };
}

/** Byte by byte, a microsecond each: files in other encodings than UTF-8 are pages. */
function locatedLegacy(bytes: Uint8Array, encoding: string, start: number): LocatedText {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const offsets = new Uint32Array(bytes.length + 1);
  const parts: string[] = [];
  let units = 0;
  let began = 0;
  for (let i = 0; i < bytes.length; i++) {
    const part = decoder.decode(bytes.subarray(i, i + 1), { stream: true });
    if (part === '') continue;
    parts.push(part);
    for (let unit = 0; unit < part.length; unit++) offsets[units++] = start + began;
    began = i + 1;
  }
  decoder.decode();
  offsets[units] = start + bytes.length;
  return { text: parts.join(''), offsets: offsets.subarray(0, units + 1) };
}

/** A text that stands escaped in another: unit i is written from unit `positions[i]` of it on; one position more says where it ends. */
export function inner(outer: LocatedText, text: string, positions: readonly number[]): LocatedText {
  return { text, offsets: Uint32Array.from(positions, (position) => outer.offsets[position]) };
}

/** The bytes of a file to take out so that the text becomes `cleaned`. */
export function cutsOf(file: Buffer, { text, offsets }: LocatedText, cleaned: string): ByteCut[] {
  return removalsOf(text, cleaned).map(({ at, text: removed }) =>
    cutOf(file, offsets[at], offsets[at + removed.length]),
  );
}
