import type { Span } from '../text/span.ts';
import type { InjectedSpan } from '../verdict/verdict.ts';

export type Position = 'head' | 'middle' | 'tail' | 'whole' | 'hidden';

const LETTER = /[\p{L}\p{N}]/u;
const TAG = /<[^>]*>/g;

export function looksHidden({ reasons }: InjectedSpan): boolean {
  return reasons.some(({ code }) => code === 'hidden');
}

/** Where a span stands among the letters of its document; tags do not count. */
export function positionOf({ start, end }: Span, source: string): Position {
  const before = LETTER.test(source.slice(0, start).replace(TAG, ' '));
  const after = LETTER.test(source.slice(end).replace(TAG, ' '));
  if (before) return after ? 'middle' : 'tail';
  return after ? 'head' : 'whole';
}
