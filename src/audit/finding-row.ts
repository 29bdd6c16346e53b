import { looksHidden, positionOf, type Position } from './position.ts';
import { readableText } from './readable-text.ts';
import { hostsOf } from './link-targets.ts';
import type { AuditDocument, Place } from './source.ts';
import { TextLines, type TextRegion } from './text-lines.ts';
import type { CheckInput } from '../sieve.ts';
import type { Span } from '../text/span.ts';
import type { InjectedSpan, Verdict } from '../verdict/verdict.ts';

/** A span of a verdict with what a report shows of it. */
export interface FoundSpan extends InjectedSpan {
  /** The span itself, at most `LONGEST_SHOWN` units of it. */
  readonly text: string;
  /** What a reader sees before and after it: of HTML, the text without tags. */
  readonly before: string;
  readonly after: string;
  readonly position: Position;
  /** Hosts that the span links to or names, sorted. */
  readonly hosts: readonly string[];
  /** Lines and columns of the content; rows of earlier versions have none. */
  readonly region?: TextRegion;
}

/** One row of `findings.ndjson`: the verdict of a flagged document and where it came from. */
export interface FindingRow {
  readonly id: string;
  readonly place: Place;
  readonly contentType: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly digest: string;
  readonly lastModified?: string;
  readonly verdict: Verdict['verdict'];
  readonly posterior: number;
  readonly spans: readonly FoundSpan[];
}

/** What a reader needs of a long list: the campaign's sketch reads as much, longer adds weight to every report. */
const LONGEST_SHOWN = 2000;
/** Units of honest text on each side: a line of a report. */
const CONTEXT = 60;
/** Units of a page that are looked through for them: markup takes three quarters of it, as often as not. */
const CONTEXT_HTML = 4 * CONTEXT;

const LINK_BEFORE = /<a\s[^<>]*>\s*$/i;
/** Longest tag of a link that is looked at. */
const LONGEST_LINK = 2048;

export function rowOf(document: AuditDocument, verdict: Verdict, source: string, digest: string): FindingRow {
  const lines = new TextLines(source);
  const last = verdict.spans.length - 1;
  const isHtml = inputOf(document, source).html !== undefined;
  const spans = verdict.spans.map((span, i): FoundSpan => {
    // Between two findings there is no need to look: with ten thousand in a document, looking would be quadratic.
    const inside = i > 0 && i < last;
    const text = source.slice(span.start, span.end);
    return {
      ...span,
      text: shownText(source, span),
      ...contextOf(span, source, isHtml),
      position: looksHidden(span) ? 'hidden' : inside ? 'middle' : positionOf(span, source),
      region: lines.regionOf(span),
      hosts: hostsOf(linkBefore(source, span.start) + text),
    };
  });
  const { id, place, lastModified } = document;
  return {
    id,
    place,
    contentType: document.contentType ?? 'text/plain',
    digest,
    ...(lastModified === undefined ? {} : { lastModified }),
    verdict: verdict.verdict,
    posterior: verdict.posterior,
    spans,
  };
}

/** What `FoundSpan.text` is of a span. */
export function shownText(source: string, { start, end }: Span): string {
  return source.slice(start, Math.min(end, start + LONGEST_SHOWN));
}

const LOOKS_LIKE_HTML = /^\ufeff?\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i;

export function inputOf({ contentType, id }: AuditDocument, text: string): CheckInput {
  const type = contentType ?? (LOOKS_LIKE_HTML.test(text) ? 'text/html' : 'text/plain');
  if (type === 'text/html') return { html: text, id };
  return type === 'text/markdown' ? { markdown: text, id } : { text, id };
}

function contextOf({ start, end }: Span, source: string, isHtml: boolean): Pick<FoundSpan, 'before' | 'after'> {
  const reach = isHtml ? CONTEXT_HTML : CONTEXT;
  const before = source.slice(Math.max(0, start - reach), start);
  const after = source.slice(end, end + reach);
  if (!isHtml) return { before, after };
  return { before: readableText(before).slice(-CONTEXT), after: readableText(after).slice(0, CONTEXT) };
}

/** The tag of the link that a span fills: the address is no part of what is read. Empty where there is none. */
function linkBefore(source: string, start: number): string {
  return LINK_BEFORE.exec(source.slice(Math.max(0, start - LONGEST_LINK), start))?.[0] ?? '';
}
