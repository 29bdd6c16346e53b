import { createHash } from 'node:crypto';
import type { FindingRow, FoundSpan } from '../../audit/finding-row.ts';
import { keyOf } from '../../audit/source.ts';

/**
 * The same for the same text at the same place, wherever in the document it stands; 32 hexadecimal digits. Synchronous: with
 * WebCrypto, reports of 100,000 findings took twice as long.
 */
export function fingerprintOf({ place }: Pick<FindingRow, 'place'>, { text }: Pick<FoundSpan, 'text'>): string {
  return createHash('sha256')
    .update(`${keyOf(place)}\n${text}`)
    .digest('hex')
    .slice(0, 32);
}
