import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal, as the rows of an audit have it. */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
