import { looksHidden, positionOf, type Position } from './position.ts';
import { hostsOf } from './link-targets.ts';
import type { AuditDocument, Place } from './source.ts';
import type { CheckInput } from '../sieve.ts';
import type { InjectedSpan, Verdict } from '../verdict/verdict.ts';

/** A span of a verdict with what a report shows of it. */
export interface FoundSpan extends InjectedSpan {
  /** The span itself, at most `LONGEST_SHOWN` units of it. */
  readonly text: string;
  readonly before: string;
  readonly after: string;
  readonly position: Position;
  /** Hosts that the span links to or names, sorted. */
  readonly hosts: readonly string[];
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

const LINK_BEFORE = /<a\s[^<>]*>\s*$/i;
/** Longest tag of a link that is looked at. */
const LONGEST_LINK = 2048;

export function rowOf(document: AuditDocument, verdict: Verdict, source: string, digest: string): FindingRow {
  const spans = verdict.spans.map((span): FoundSpan => {
    const text = source.slice(span.start, span.end);
    return {
      ...span,
      text: text.slice(0, LONGEST_SHOWN),
      before: source.slice(Math.max(0, span.start - CONTEXT), span.start),
      after: source.slice(span.end, span.end + CONTEXT),
      position: looksHidden(span) ? 'hidden' : positionOf(span, source),
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

const LOOKS_LIKE_HTML = /^\ufeff?\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i;

export function inputOf({ contentType, id }: AuditDocument, text: string): CheckInput {
  const type = contentType ?? (LOOKS_LIKE_HTML.test(text) ? 'text/html' : 'text/plain');
  if (type === 'text/html') return { html: text, id };
  return type === 'text/markdown' ? { markdown: text, id } : { text, id };
}

/** The tag of the link that a span fills: the address is no part of what is read. Empty where there is none. */
function linkBefore(source: string, start: number): string {
  return LINK_BEFORE.exec(source.slice(Math.max(0, start - LONGEST_LINK), start))?.[0] ?? '';
}
