import type { TextDocument } from '../text/document.ts';
import { LineWalker } from '../text/lines.ts';
import { toSource, toText } from '../text/offsets.ts';
import { firstWhere, joinSpans, type Span } from '../text/span.ts';
import { cutOut, cutsOf } from './clean.ts';
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
    const toOriginal = originalPlaces(cuts);
    const more = recheck(cutOut(document.source, cuts)).map((span) => ({ ...span, ...toOriginal(span) }));
    if (more.length === 0 || round > ROUNDS)
      return { spans: all.map((span) => withPieces(document, span)), cuts, removed };
    all = union([...all, ...more]);
    if (round === ROUNDS) all = union(withWholeLines(document, all, more));
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

/** From a span of the cleaned source to one of the original; cuts within it become part of it. Binary searches. */
function originalPlaces(cuts: readonly Span[]): (span: Span) => Span {
  // By cut: where it is in the cleaned source, and what it and those before it took.
  const places: number[] = [];
  const taken = [0];
  for (const { start, end } of cuts) {
    const before = taken[places.length];
    places.push(start - before);
    taken.push(before + end - start);
  }
  return ({ start, end }) => ({
    start: start + taken[firstWhere(places, (place) => place > start)],
    end: end + taken[firstWhere(places, (place) => place >= end)],
  });
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

/** Spans, in order, with those that share their line with one of `unsettled` widened to all of that line. One pass over the lines. */
function withWholeLines(
  document: TextDocument,
  spans: readonly InjectedSpan[],
  unsettled: readonly Span[],
): InjectedSpan[] {
  const walker = new LineWalker(document.text);
  const joined = joinSpans(unsettled);
  let more = walker.advance();
  return spans.map((span) => {
    const { start, end } = toText(document, span);
    while (more && walker.end < start) more = walker.advance();
    if (!more || start < walker.start) return span;
    const whole = toSource(document, { start: walker.start, end: Math.max(end, walker.end) });
    const next = joined[firstWhere(joined, (other) => other.end > whole.start)];
    return next !== undefined && next.start < whole.end ? { ...span, ...whole } : span;
  });
}

/** Markup only: which parts of the span go. */
function withPieces(document: TextDocument, span: InjectedSpan): InjectedSpan {
  const pieces = document.removable?.(toText(document, span));
  if (pieces === undefined || (pieces.length === 1 && pieces[0].start === span.start && pieces[0].end === span.end)) {
    return span;
  }
  return { ...span, pieces };
}
