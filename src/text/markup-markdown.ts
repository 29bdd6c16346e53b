import type { LineMark, TextDocument } from './document.ts';
import { MarkupBuilder } from './markup-builder.ts';
import { readHtml } from './markup-html.ts';
import { readBlocks } from './markup-markdown-blocks.ts';
import { readInline } from './markup-markdown-inline.ts';
import type { MarkdownFindings, MarkdownMark } from './markup-markdown-marks.ts';
import type { TextSink } from './markup-tree.ts';
import type { Span } from './span.ts';

/**
 * A Markdown document as lines of text: each line of the source is one, without the marks of headings, lists, quotes,
 * emphasis, code and links; HTML in it is read by the rules of HTML. Underscores inside of words stay, since keyword lists
 * are joined by them. Reads CommonMark with tables, front matter and footnotes closely enough for text, in linear time.
 * (mdast-util-from-markdown 2 is 29 kB gzipped and read 38,000 characters a second when it was tried for this.)
 */
export function markdownDocument(source: string): TextDocument {
  const findings = readBlocks(source);
  for (const context of findings.contexts) readInline(source, context, findings);
  const builder = new MarkupBuilder(source);
  enclose(findings, builder);
  const marks = findings.marks.sort((a, b) => a.start - b.start || a.end - b.end);
  readHtml(source, withBlots(source, findings.blots), builder, new MarkdownSink(source, marks, builder));
  return builder.finish(true);
}

/** The source with the given units blotted out, so that they are not read as HTML. */
function withBlots(source: string, blots: number[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const blot of blots.sort((a, b) => a - b)) {
    if (blot < at) continue;
    pieces.push(source.slice(at, blot));
    at = blot + 1;
  }
  pieces.push(source.slice(at));
  return pieces.join('_');
}

function enclose(findings: MarkdownFindings, builder: MarkupBuilder): void {
  for (const { outer, inner, pair } of findings.enclosures) builder.enclose(outer, inner, pair);
  for (const atom of findings.atoms) builder.fence('atom', atom, atom);
  for (const bar of findings.bars) builder.pin(bar);
  for (const line of wholeLines(findings)) builder.enclose(line, line);
}

/** The lines that hold nothing that must stay. */
function wholeLines({ lines, keepers }: MarkdownFindings): Span[] {
  const places = keepers.sort((a, b) => a - b);
  let next = 0;
  return lines.filter(({ start, end }) => {
    while (next < places.length && places[next] < start) next++;
    return next >= places.length || places[next] >= end;
  });
}

/** Reads text between tags, leaving out what the marks say. */
class MarkdownSink implements TextSink {
  readonly #source: string;
  readonly #marks: readonly MarkdownMark[];
  readonly #builder: MarkupBuilder;
  readonly #entered: { readonly until: number; readonly mark: LineMark }[] = [];
  #flow: LineMark = { kind: 'text', hidden: false };
  #next = 0;
  #at = 0;
  #linkEnd = 0;

  constructor(source: string, marks: readonly MarkdownMark[], builder: MarkupBuilder) {
    this.#source = source;
    this.#marks = marks;
    this.#builder = builder;
  }

  text(start: number, end: number, linked: boolean, flow: LineMark): void {
    this.#flow = flow;
    this.#skip(start);
    this.#at = Math.max(this.#at, start);
    while (this.#at < end) {
      const mark = this.#marks[this.#next];
      const stop = mark === undefined ? end : Math.min(end, mark.start);
      this.#settle();
      if (stop > this.#at) this.#builder.text(this.#at, stop, linked || this.#at < this.#linkEnd, true);
      this.#at = Math.max(this.#at, stop);
      if (mark !== undefined && mark.start < end) this.#apply(mark, linked);
    }
  }

  /** Passes the marks that ended before a place: a tag was read there instead. */
  #skip(start: number): void {
    while (this.#next < this.#marks.length && this.#marks[this.#next].end <= start) {
      if (this.#marks[this.#next].start >= start) return;
      this.#next++;
    }
  }

  #apply(mark: MarkdownMark, linked: boolean): void {
    this.#next++;
    if (mark.start < this.#at) return;
    this.#settle();
    this.#at = mark.end;
    if (mark.kind === 'space') this.#builder.space(mark.start, mark.end);
    else if (mark.kind === 'link') this.#linkEnd = mark.until;
    else if (mark.kind === 'enter') this.#entered.push({ until: mark.until, mark: mark.mark });
    else if (mark.kind === 'escape') this.#addEscaped(mark, linked);
  }

  #addEscaped({ start, end }: Span, linked: boolean): void {
    this.#builder.decoded(this.#source.slice(start + 1, end), start, end, linked || start < this.#linkEnd);
  }

  /** What the text is from here on. */
  #settle(): void {
    while ((this.#entered.at(-1)?.until ?? Infinity) <= this.#at) this.#entered.pop();
    const { kind, hidden } = this.#entered.at(-1)?.mark ?? this.#flow;
    this.#builder.mark(kind, hidden || this.#flow.hidden);
  }
}
