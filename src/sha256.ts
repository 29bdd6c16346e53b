/** SHA-256 of bytes: 32 bytes. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

/** SHA-256 of a text in UTF-8, or of bytes: 64 hexadecimal digits. */
export async function sha256Hex(value: string | Uint8Array): Promise<string> {
  return hexadecimal(await sha256(typeof value === 'string' ? new TextEncoder().encode(value) : value));
}

/** Bytes in lower-case hexadecimal. */
export function hexadecimal(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
