import { decodeBase64, encodeBase64 } from 'hono/utils/encode';

const PREFIX = 'whsec_';
/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;

/** A new secret: `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(): string {
  return PREFIX + encodeBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).buffer);
}

/** The headers of a message (Standard Webhooks 1.0): `v1`, HMAC-SHA256 of `id.seconds.body`. `at` is in milliseconds. */
export async function signedHeaders(
  secret: string,
  id: string,
  at: number,
  body: string,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000));
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = decodeBase64(secret.slice(PREFIX.length));
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp };
  return { ...headers, 'webhook-signature': `v1,${encodeBase64(signature)}` };
}
