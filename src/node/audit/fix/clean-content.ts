import { inputOf, type FindingRow } from '../../../audit/finding-row.ts';
import type { Sieve } from '../../../sieve.ts';

/** The content of a finding without what was injected. */
export type CleanContent = (row: FindingRow, text: string) => string;

/** What is left may read differently alone: it is checked again until nothing more goes. Two rounds did for all that was seen. */
const MOST_ROUNDS = 4;

export function contentCleaner(sieve: Sieve, policy: string | undefined): CleanContent {
  const options = { clean: true, ...(policy === undefined ? {} : { policy }) };
  return ({ id, place, contentType }, text) => {
    const type = (['text/html', 'text/markdown'] as const).find((known) => known === contentType) ?? null;
    let content = text;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const input = inputOf({ kind: 'document', id, place, contentType: type, content }, content);
      const { cleaned = content } = sieve.check(input, options);
      if (cleaned === content) break;
      content = cleaned;
    }
    return content;
  };
}
