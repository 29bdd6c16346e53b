import type { TextDocument } from '../text/document.ts';
import { LineWalker } from '../text/lines.ts';
import { toSource, toText } from '../text/offsets.ts';
import type { Span } from '../text/span.ts';
import { cutOut, cutsOf, joinSpans } from './clean.ts';
import { mergeReasons } from './finding.ts';
import type { InjectedSpan } from './verdict.ts';

/**
 * Taking a span out joins what stood around it, and what is joined can be spam again. After so many rounds the lines that
 * are still not settled go as a whole, which joins nothing.
 */
const ROUNDS = 3;

/** Spans whose removal leaves nothing to find. */
export interface Settled {
  readonly spans: readonly InjectedSpan[];
  /** What has to go from the source, in order and apart. */
  readonly cuts: readonly Span[];
  /** The spans in the text that was read. */
  readonly removed: readonly Span[];
}

/** Extends `spans` until `recheck` (spans of a cleaned source) finds nothing more. Costs one more reading of flagged documents. */
export function settle(
  document: TextDocument,
  spans: readonly InjectedSpan[],
  recheck: (cleaned: string) => readonly InjectedSpan[],
): Settled {
  let all = spans;
  for (let round = 0; all.length > 0; round++) {
    const removed = joinSpans(all.map((span) => toText(document, span)));
    const cuts = cutsOf(document, removed);
    const more = recheck(cutOut(document.source, cuts)).map((span) => ({ ...span, ...toOriginal(span, cuts) }));
    if (more.length === 0 || round > ROUNDS)
      return { spans: all.map((span) => withPieces(document, span)), cuts, removed };
    all = union([...all, ...more]);
    if (round === ROUNDS) all = union(all.map((span) => wholeLines(document, span, more)));
  }
  return { spans: [], cuts: [], removed: [] };
}

/** What has to go from the source so that some of the spans are gone. */
export function cutsOfSome(
  document: TextDocument,
  { spans }: Settled,
  goes: (span: InjectedSpan) => boolean,
): readonly Span[] {
  return cutsOf(document, joinSpans(spans.filter(goes).map((span) => toText(document, span))));
}

/** A span of the cleaned source as one of the original; cuts within it become part of it. */
function toOriginal({ start, end }: Span, cuts: readonly Span[]): Span {
  let [from, to] = [start, end];
  for (const cut of cuts) {
    const width = cut.end - cut.start;
    if (cut.start <= from) from += width;
    if (cut.start < to) to += width;
  }
  return { start: from, end: to };
}

/** Spans in order, those that overlap as one. */
function union(spans: readonly InjectedSpan[]): InjectedSpan[] {
  const joined: InjectedSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) joined.push(span);
    else joined[joined.length - 1] = join(last, span);
  }
  return joined;
}

function join(a: InjectedSpan, b: InjectedSpan): InjectedSpan {
  const stronger = a.posterior >= b.posterior ? a : b;
  return {
    ...stronger,
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    line: Math.min(a.line, b.line),
    logOdds: a.logOdds + b.logOdds,
    reasons: mergeReasons([...a.reasons, ...b.reasons]),
  };
}

/** A span that shares its line with one of `unsettled`, widened to all of that line. */
function wholeLines(document: TextDocument, span: InjectedSpan, unsettled: readonly Span[]): InjectedSpan {
  const lines = new LineWalker(document.text);
  const { start, end } = toText(document, span);
  while (lines.advance()) {
    if (start < lines.start || start > lines.end) continue;
    const whole = toSource(document, { start: lines.start, end: Math.max(end, lines.end) });
    return unsettled.some((other) => other.start < whole.end && other.end > whole.start) ? { ...span, ...whole } : span;
  }
  return span;
}

/** Markup only: which parts of the span go. */
function withPieces(document: TextDocument, span: InjectedSpan): InjectedSpan {
  const pieces = document.removable?.(toText(document, span));
  if (pieces === undefined || (pieces.length === 1 && pieces[0].start === span.start && pieces[0].end === span.end)) {
    return span;
  }
  return { ...span, pieces };
}
