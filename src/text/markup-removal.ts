import { firstAtLeast } from './offsets.ts';
import type { OffsetMap } from './document.ts';
import { firstWhere, joinSpans, type Span } from './span.ts';

/** Markup around text: an element, a Markdown link, a line of Markdown. `outer` goes when all text within `inner` goes. */
export interface Enclosure {
  readonly outer: Span;
  readonly inner: Span;
  /** True for marks that must touch their words: a blank beside one goes with what stood between. */
  readonly pair: boolean;
}

/**
 * Text that cannot lose just any part. `comment`: what is left must not end the comment early; goes with its marks.
 * `bare`: an attribute value without quotes, which must neither be empty nor begin with one. `atom`: goes whole.
 */
export interface Fence {
  readonly kind: 'comment' | 'bare' | 'atom';
  readonly outer: Span;
  readonly inner: Span;
}

interface Read {
  readonly source: string;
  readonly text: string;
  readonly offsets: OffsetMap;
}

/** With the units of text that lie within `inner`, without blanks and line ends at both ends. */
type Placed<T> = T & { readonly words: Span };

/** What removal must know of a document besides its text. */
export interface Bounds {
  readonly enclosures: readonly Enclosure[];
  readonly fences: readonly Fence[];
  /** Places of units that stay when the text around them goes. */
  readonly pinned: ReadonlySet<number>;
  /** True where lines mean something, as in Markdown: a line break goes only with a whole line. */
  readonly breaksStay: boolean;
}

/** The `removable` of a document. Cost per call: the units and the enclosures in the range. */
export function removableParts(read: Read, bounds: Bounds): (range: Span) => readonly Span[] {
  const openings = place(read, bounds.enclosures).sort((a, b) => a.words.start - b.words.start);
  const closings = openings.filter(({ pair }) => pair).sort((a, b) => a.words.end - b.words.end);
  const fences = place(read, bounds.fences).sort((a, b) => a.outer.start - b.outer.start);
  const gap = bounds.breaksStay ? /[ \t]/ : /\s/;
  return (range) => {
    const parts = [
      ...textParts(read, range, bounds),
      ...enclosureParts(read, openings, range),
      ...closingParts(read, closings, range),
      ...fenceParts(read, fences, range),
    ];
    const close = (part: Span): Span => closeSeam(read.source, part, fences);
    const closeMarks = (part: Span): Span => (bounds.breaksStay ? closeMarkSeam(read.source, part) : part);
    const seams = joinParts(read.source, parts, gap).map(close).map(closeMarks);
    return joinParts(read.source, seams, gap);
  };
}

function place<T extends Enclosure | Fence>({ text, offsets }: Read, items: readonly T[]): Placed<T>[] {
  const placed: Placed<T>[] = [];
  for (const item of items) {
    let start = firstAtLeast(offsets.starts, item.inner.start);
    let end = firstAtLeast(offsets.starts, item.inner.end);
    while (start < end && isGap(text, start)) start++;
    while (start < end && isGap(text, end - 1)) end--;
    if (start < end) placed.push({ ...item, words: { start, end } });
  }
  return placed;
}

function isGap(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\n';
}

function textParts({ text, offsets }: Read, range: Span, { pinned, breaksStay }: Bounds): Span[] {
  const { starts, ends } = offsets;
  const parts: { start: number; end: number }[] = [];
  for (let i = range.start; i < range.end; i++) {
    if (ends[i] === starts[i] || pinned.has(starts[i]) || (breaksStay && text[i] === '\n')) continue;
    const last = parts.at(-1);
    if (last !== undefined && starts[i] <= last.end) last.end = Math.max(last.end, ends[i]);
    else parts.push({ start: starts[i], end: ends[i] });
  }
  return parts;
}

/** What goes whole, and the gap behind a mark that must touch a word: `**甲 乙**` without 甲. */
function enclosureParts(read: Read, openings: readonly Placed<Enclosure>[], range: Span): Span[] {
  const parts: Span[] = [];
  let cutsPair = false;
  for (let e = firstWhere(openings, ({ words }) => words.start >= range.start); e < openings.length; e++) {
    const { words, outer, pair } = openings[e];
    if (words.start >= range.end) break;
    if (words.end <= range.end) parts.push(outer);
    else cutsPair ||= pair;
  }
  if (cutsPair && isGap(read.text, range.end)) parts.push(gapAt(read, range.end));
  return parts;
}

/** The gap before a mark that must touch a word: `**甲 乙**` without 乙. */
function closingParts(read: Read, closings: readonly Placed<Enclosure>[], range: Span): Span[] {
  if (range.start === 0 || !isGap(read.text, range.start - 1)) return [];
  for (let c = firstWhere(closings, ({ words }) => words.end > range.start); c < closings.length; c++) {
    if (closings[c].words.end > range.end) break;
    if (closings[c].words.start < range.start) return [gapAt(read, range.start - 1)];
  }
  return [];
}

/** A blank or line break in the source, with what stands before the text of the next line. */
function gapAt({ source, offsets: { starts, ends } }: Read, at: number): Span {
  const next = starts[at + 1] ?? source.length;
  return { start: starts[at], end: /^[ \t>]*$/.test(source.slice(ends[at], next)) ? next : ends[at] };
}

function fenceParts({ source, offsets }: Read, fences: readonly Placed<Fence>[], range: Span): Span[] {
  const parts: Span[] = [];
  for (let f = firstWhere(fences, ({ words }) => words.end > range.start); f < fences.length; f++) {
    const { kind, words, outer } = fences[f];
    if (words.start >= range.end) break;
    const head = range.start <= words.start;
    const whole = head && range.end >= words.end;
    const quote = kind === 'bare' && head && !whole && '"\''.includes(source[offsets.starts[range.end]]);
    if (whole || quote || kind === 'atom') parts.push(outer);
  }
  return parts;
}

/** Longest end tag name that text may end in: `</textarea`. */
const SEAM = 12;

/** Widens a cut where what stood before it and what stood behind it would become markup. */
function closeSeam(source: string, { start, end }: Span, fences: readonly Placed<Fence>[]): Span {
  const fence = fences[firstWhere(fences, ({ outer }) => outer.end > start)];
  if (fence?.kind === 'comment' && fence.inner.start <= start && end <= fence.inner.end) {
    return closeCommentSeam(source, { start, end }, fence.inner);
  }
  const before = /<+(?:\/[a-z]*)?$/i.exec(source.slice(Math.max(0, start - SEAM), start))?.[0] ?? '';
  const harmless =
    before === '' || (!before.endsWith('/') && before.endsWith('<') && !/[a-z/!?]/i.test(source[end] ?? ''));
  return { start: harmless ? start : start - before.length, end };
}

function closeCommentSeam(source: string, { start, end }: Span, inner: Span): Span {
  let next = end;
  if (start === inner.start || '-!'.includes(source[start - 1])) {
    while (next < inner.end && '-!>'.includes(source[next])) next++;
  }
  return { start, end: next };
}

const MARKS = '*_~`';

/**
 * Keeps the marks of Markdown apart that would stand next to each other, which reads as another mark: a blank stays
 * between them, and where there is none, `**甲**词**乙**` becomes `**甲乙**`.
 */
function closeMarkSeam(source: string, { start, end }: Span): Span {
  const [left, right] = [source[start - 1] ?? '', source[end] ?? ''];
  if (left === '' || right === '' || !MARKS.includes(left) || !MARKS.includes(right)) return { start, end };
  if (source[start] === ' ') return { start: start + 1, end };
  if (source[end - 1] === ' ') return { start, end: end - 1 };
  let width = 0;
  while (source[start - 1 - width] === left && source[end + width] === left) width++;
  const same = source[start - 1 - width] !== left && source[end + width] !== left;
  const escaped = source[start - 1 - width] === '\\';
  return same && !escaped ? { start: start - width, end: end + width } : { start, end };
}

/** The parts in order; those that touch or have only a gap between them are one. */
function joinParts(source: string, parts: readonly Span[], gap: RegExp): Span[] {
  const some = parts.filter(({ start, end }) => end > start);
  return joinSpans(some, (start, end) => isWhite(source, start, end, gap));
}

function isWhite(source: string, start: number, end: number, gap: RegExp): boolean {
  let at = start;
  while (at < end && gap.test(source[at])) at++;
  return at === end;
}
