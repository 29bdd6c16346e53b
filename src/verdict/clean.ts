import type { TextDocument } from '../text/document.ts';
import { LineWalker } from '../text/lines.ts';
import { joinSpans, type Span } from '../text/span.ts';

/**
 * What has to be cut out of the source so that the given spans of the read text are gone, in order and apart. In plain text
 * a line of which only blanks would be left goes with its line break; in markup the document says what may go.
 */
export function cutsOf(document: TextDocument, spans: readonly Span[]): Span[] {
  if (document.removable !== null) return joinSpans(spans.flatMap((span) => [...(document.removable?.(span) ?? [])]));
  return withEmptiedLines(document.text, joinSpans(spans));
}

/** The source without the cuts. */
export function cutOut(source: string, cuts: readonly Span[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of cuts) {
    kept += source.slice(at, start);
    at = end;
  }
  return kept + source.slice(at);
}

function withEmptiedLines(text: string, spans: readonly Span[]): Span[] {
  if (spans.length === 0) return [];
  const cuts: Span[] = [];
  const walker = new LineWalker(text);
  let first = 0;
  while (first < spans.length && walker.advance()) {
    let last = first;
    while (last < spans.length && spans[last].start < walker.end) last++;
    const within = spans.slice(first, last);
    if (within.length > 0 && isBlankWithout(text, walker, within)) cuts.push({ start: walker.start, end: walker.next });
    else cuts.push(...within);
    first = last;
  }
  return joinSpans(cuts);
}

function isBlankWithout(text: string, line: Span, spans: readonly Span[]): boolean {
  let at = line.start;
  for (const { start, end } of [...spans, { start: line.end, end: line.end }]) {
    if (text.slice(at, start).trim() !== '') return false;
    at = end;
  }
  return true;
}
