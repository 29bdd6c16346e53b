import { decodeBase64, encodeBase64 } from 'hono/utils/encode';

/** Bytes of the nonce of AES-GCM; random ones never meet within the few answers that one key seals. */
const NONCE_BYTES = 12;

/** Encrypts a text with what only its owner holds: the store has it, and cannot read it. */
export async function seal(text: string, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await keyOf(secret);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
  return `${encodeBase64(iv.buffer)}.${encodeBase64(sealed)}`;
}

/** Rejects for another secret, or a text that was changed. */
export async function openSealed(sealed: string, secret: string): Promise<string> {
  const [iv = '', data = ''] = sealed.split('.').map((part) => decodeBase64(part));
  const params = { name: 'AES-GCM', iv: iv as Uint8Array<ArrayBuffer> };
  const bytes = await crypto.subtle.decrypt(params, await keyOf(secret), data as Uint8Array<ArrayBuffer>);
  return new TextDecoder().decode(bytes);
}

/** Its own derivation: the digest that the store has of an API key opens nothing. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(`linesieve sealed answer\n${secret}`);
  return await crypto.subtle.importKey('raw', await crypto.subtle.digest('SHA-256', bytes), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
}
