/**
 * Mail is bytes with a charset of its own in every part, so it is read as a string of octets, one unit (0–255) a byte, until the charset
 * of the wanted part is known. (`TextDecoder('latin1')` will not do: it decodes Windows-1252.)
 */
export function octetsOf(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return parts.join('');
}

/** Well below the number of arguments that a call may have. */
const CHUNK = 8192;

export function bytesOf(octets: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(octets.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = octets.charCodeAt(at);
  return bytes;
}
