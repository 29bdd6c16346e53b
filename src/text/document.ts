import type { Span } from './span.ts';

/**
 * What a line is in its document. Everything but `text` comes from markup: a title, a meta description, an alternative
 * text, the words of a link, an attribute shown as a tooltip, a comment.
 */
export type LineKind = 'text' | 'title' | 'description' | 'alt' | 'link' | 'comment';

/** What markup says of one line; plain text has none. */
export interface LineMark {
  readonly kind: LineKind;
  /** True where a reader never sees the line: `display:none`, off-screen, zero size, `hidden`, `noscript`, comments. */
  readonly hidden: boolean;
}

/**
 * Where each UTF-16 unit of a derived text stands in its source: unit `i` was read from
 * `source.slice(starts[i], ends[i])` (several units long for a character reference such as `&#20037;`).
 * Both arrays have the length of the derived text and never decrease.
 */
export interface OffsetMap {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** A document ready to be read line by line. For plain text `text` is `source` itself and there is no map and no mark. */
export interface TextDocument {
  /** The document as received: every span of a verdict points into it. */
  readonly source: string;
  /** What a reader reads; each line ends at a line break (`lines.ts`). */
  readonly text: string;
  /** Unit by unit from `text` into `source`; `null` where they are the same string. */
  readonly offsets: OffsetMap | null;
  /** One entry per line of `text`, in order; `null` where every line is plain visible text. */
  readonly marks: readonly LineMark[] | null;
  /**
   * The parts of `source` that may be removed when `text.slice(start, end)` is removed, in order and apart, so that what
   * is left stays well-formed. `null`: the one range that the offsets give.
   */
  readonly removable: ((range: Span) => readonly Span[]) | null;
}

/** Plain text as a document. */
export function plainDocument(source: string): TextDocument {
  return { source, text: source, offsets: null, marks: null, removable: null };
}
