import { inputOf, shownText, type FindingRow } from '../../../audit/finding-row.ts';
import type { Sieve } from '../../../sieve.ts';
import type { InjectedSpan } from '../../../verdict/verdict.ts';
import { fingerprintOf } from '../fingerprint.ts';

export interface CleanOptions {
  readonly policy: string | null;
  /** Takes out what wants a person to look, too. */
  readonly all: boolean;
  /** Fingerprints of what a person has accepted: it stays. */
  readonly accepted: ReadonlySet<string>;
}

/** The content of a finding without what may go. */
export interface Cleaned {
  readonly content: string;
  /** Spans that stay until a person has looked at them. */
  readonly waiting: number;
}

export type CleanContent = (row: FindingRow, text: string) => Cleaned;

/** What is left may read differently alone: it is checked again until nothing more goes. Two rounds did for all that was seen. */
const MOST_ROUNDS = 4;

export function contentCleaner(sieve: Sieve, { policy, all, accepted }: CleanOptions): CleanContent {
  const chosen = policy === null ? {} : { policy };
  return (row, text) => {
    const type = (['text/html', 'text/markdown'] as const).find((known) => known === row.contentType) ?? null;
    let content = text;
    let waiting = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { id, place } = row;
      const isAccepted = (span: InjectedSpan): boolean =>
        accepted.size > 0 && accepted.has(fingerprintOf(row, { text: shownText(content, span) }));
      const clean = (span: InjectedSpan): boolean => (all || span.action === 'remove') && !isAccepted(span);
      const input = inputOf({ kind: 'document', id, place, contentType: type, content }, content);
      const { spans, cleaned = content } = sieve.check(input, { ...chosen, clean });
      waiting = spans.filter((span) => !clean(span) && !isAccepted(span)).length;
      if (cleaned === content) break;
      content = cleaned;
    }
    return { content, waiting };
  };
}
