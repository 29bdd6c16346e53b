import type { Span } from '../text/span.ts';
import type { InjectedSpan } from '../verdict/verdict.ts';

export type Position = 'head' | 'middle' | 'tail' | 'whole' | 'hidden';

const LETTER = /[\p{L}\p{N}]/u;
/** Ends at the next `<`: linear even where nothing is ever closed. */
const TAG = /<[^<>]*>/g;
const BODY = /<body[\s>]/i;

export function looksHidden({ reasons }: InjectedSpan): boolean {
  return reasons.some(({ code }) => code === 'hidden');
}

/** Where a span stands among the letters of its document; tags do not count, nor does what stands before the body of a page. */
export function positionOf({ start, end }: Span, source: string): Position {
  const head = source.slice(0, start);
  const body = Math.max(0, head.search(BODY));
  const before = LETTER.test(head.slice(body).replace(TAG, ' '));
  const after = LETTER.test(source.slice(end).replace(TAG, ' '));
  if (before) return after ? 'middle' : 'tail';
  return after ? 'head' : 'whole';
}
