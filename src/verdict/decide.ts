import type { TextDocument } from '../text/document.ts';
import type { Span } from '../text/span.ts';
import { isWordUnit } from '../text/unit.ts';
import type { Policy } from './policy.ts';
import type { InjectedSpan, VerdictKind } from './verdict.ts';

/** The verdict on a document: the most cautious that its spans ask for, `block` where hardly any text would be left. */
export function decide(
  document: TextDocument,
  spans: readonly InjectedSpan[],
  removed: readonly Span[],
  policy: Policy,
): VerdictKind {
  if (spans.length === 0) return 'pass';
  if (shareLeft(document.text, removed) <= policy.blockBelow) return 'block';
  return spans.every((span) => span.action === 'remove') ? 'clean' : 'review';
}

/** Share of word units of the text that lie outside of `removed` (in order and apart); 1 where most of the text does. */
function shareLeft(text: string, removed: readonly Span[]): number {
  const width = removed.reduce((sum, { start, end }) => sum + end - start, 0);
  if (width < text.length / 2) return 1;
  let [all, left, next] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    while (next < removed.length && removed[next].end <= i) next++;
    if (!isWordUnit(text.charCodeAt(i))) continue;
    all++;
    if (next >= removed.length || i < removed[next].start) left++;
  }
  return all === 0 ? 1 : left / all;
}
