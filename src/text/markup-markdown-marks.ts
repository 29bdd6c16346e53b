import type { LineMark } from './document.ts';
import type { Span } from './span.ts';

/**
 * Something in Markdown that is no text. `drop`: left out. `space`: parts words. `escape`: a backslash before a unit.
 * `enter`: left out, and the text from its end to `until` is what `mark` says. `link`: the same, and is a link's.
 */
export type MarkdownMark =
  | (Span & { readonly kind: 'drop' | 'space' | 'escape' })
  | (Span & { readonly kind: 'enter'; readonly until: number; readonly mark: LineMark })
  | (Span & { readonly kind: 'link'; readonly until: number });

/** A run of lines that inline marks may reach across: a paragraph, a heading, an item, a row. */
export interface Context extends Span {
  /** What stands before the text of its lines, such as `> `. In order. */
  readonly prefixes: readonly Span[];
}

/** Markup that goes as a whole with its text. */
export interface MarkdownEnclosure {
  readonly outer: Span;
  readonly inner: Span;
  readonly pair: boolean;
}

/** What was found in a Markdown source. */
export interface MarkdownFindings {
  readonly marks: MarkdownMark[];
  readonly contexts: Context[];
  /** Lines with their line break (a heading with its underline) that go when all of their text goes. */
  readonly lines: Span[];
  /** Places that keep a line: a tag, an image, one of two marks that stand on different lines. */
  readonly keepers: number[];
  /** Places of units that look like HTML and are text. */
  readonly blots: number[];
  /** Places of the bars of tables. */
  readonly bars: number[];
  readonly enclosures: MarkdownEnclosure[];
  /** Lines that go whole or not at all: definitions of links. */
  readonly atoms: Span[];
  /** Labels of link definitions, as `labelOf` writes them. */
  readonly labels: Set<string>;
}

export function noFindings(): MarkdownFindings {
  return {
    marks: [],
    contexts: [],
    lines: [],
    keepers: [],
    blots: [],
    bars: [],
    enclosures: [],
    atoms: [],
    labels: new Set(),
  };
}

/** A link label as it is compared. */
export function labelOf(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
