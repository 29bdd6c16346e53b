import type { LineMark } from './document.ts';
import { readFrontMatter } from './markup-markdown-front.ts';
import { labelOf, noFindings, type MarkdownFindings } from './markup-markdown-marks.ts';
import type { Span } from './span.ts';

interface SourceLine extends Span {
  /** Where the next line starts. */
  readonly next: number;
}

interface CodeFence extends SourceLine {
  readonly mark: string;
  readonly quoted: boolean;
}

const LINE = /\r\n|\n|\r/g;
const RULE = /^[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const UNDERLINE = /^[ \t]{0,3}(?:=+|-+)[ \t]*$/;
const PREFIX = /[ \t]*(?:>[ \t]?|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]{1,99}\]:)/y;
const HEADING = /[ \t]{0,3}#{1,6}(?:[ \t]+|$)/y;
const TASK = /[ \t]+\[[ xX]\](?=[ \t])/y;
const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})[ \t]*(\S*)/;
/** A rule or the row below a table's head is no longer than this; the patterns for them must not read any length. */
const LONGEST_RULE = 2000;
const DEFINITION =
  /^([ \t]{0,3}\[)((?:[^[\]\\]|\\.){1,999})\]:[ \t]*(?:<[^<>]*>|\S+)(?:[ \t]+("[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*$/;
const DELIMITERS = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/**
 * HTML in which Markdown has no say, and what ends it. What ends in its first line is left to the inline marks, except
 * elements of raw text.
 */
const RAW_HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/gi],
  [/^ {0,3}<!--/, /-->/g],
  [/^ {0,3}<\?/, /\?>/g],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/g],
  [/^ {0,3}<![a-z]/i, />/g],
];
const UNREAD: LineMark = { kind: 'comment', hidden: true };
/** Columns from which a line is code. */
const CODE_INDENT = 4;

/** Finds the blocks of a Markdown source line by line. Cost: each line is looked at a fixed number of times. */
export function readBlocks(source: string): MarkdownFindings {
  const reader = new BlockReader(source);
  const findings = reader.findings;
  let start = readFrontMatter(source, findings);
  LINE.lastIndex = start;
  for (let found = LINE.exec(source); found !== null; found = LINE.exec(source)) {
    const next = found.index + found[0].length;
    reader.line({ start, end: found.index, next });
    start = next;
  }
  if (start < source.length) reader.line({ start, end: source.length, next: source.length });
  reader.finish();
  return findings;
}

class BlockReader {
  readonly findings = noFindings();
  readonly #source: string;
  #fence: CodeFence | null = null;
  #rawEnd = 0;
  #context: { start: number; end: number; prefixes: Span[] } | null = null;
  #inList = false;
  #table = false;
  #quoted = false;

  constructor(source: string) {
    this.#source = source;
  }

  line(line: SourceLine): void {
    if (line.start < this.#rawEnd) return;
    const text = this.#source.slice(line.start, line.end);
    if (this.#fence !== null && this.#readCode(line, text, this.#fence)) return;
    if (text.trim() === '') this.#endBlock();
    else if (!this.#readRule(line, text) && !this.#readDefinition(line, text)) this.#readText(line, text);
  }

  finish(): void {
    this.#endContext();
  }

  /** A line of fenced code; false where the fence ended with the quote that it stands in. */
  #readCode(line: SourceLine, text: string, fence: CodeFence): boolean {
    const quote = fence.quoted ? (/^[ \t]*(?:>[ \t]?){1,200}/.exec(text)?.[0].length ?? 0) : 0;
    if (fence.quoted && quote === 0) {
      this.#fence = null;
      return false;
    }
    const code = text.slice(quote).trim();
    if (code.length >= fence.mark.length && code === fence.mark[0].repeat(code.length)) {
      this.#drop(line.start, line.end);
      const inner = { start: fence.next, end: line.start };
      this.findings.enclosures.push({ outer: { start: fence.start, end: line.next }, inner, pair: false });
      this.#fence = null;
    } else {
      if (quote > 0) this.#drop(line.start, line.start + quote);
      this.#readLiteral(line);
    }
    return true;
  }

  /** Text in which nothing is markup. */
  #readLiteral(line: SourceLine): void {
    this.#blot(line);
    this.findings.lines.push({ start: line.start, end: line.next });
  }

  #blot({ start, end }: Span): void {
    for (let at = start; at < end; at++) {
      if (this.#source[at] === '<' || this.#source[at] === '&') this.findings.blots.push(at);
    }
  }

  /** A rule, the underline of a heading, or the row below the head of a table: no text. */
  #readRule(line: SourceLine, text: string): boolean {
    if (text.length > LONGEST_RULE) return false;
    const bars = this.#context !== null && text.includes('|') && DELIMITERS.test(text);
    const underline = this.#context !== null && UNDERLINE.test(text);
    if (!bars && !underline && !RULE.test(text)) return false;
    if (bars) this.#startTable();
    else if (underline) this.#underline(line);
    this.#endContext();
    this.#table = bars;
    this.#drop(line.start, line.end);
    return true;
  }

  /** The lines of a paragraph that is a heading go together with its underline. */
  #underline(line: SourceLine): void {
    const { lines } = this.findings;
    let { start } = line;
    while ((lines.at(-1)?.start ?? -1) >= (this.#context?.start ?? line.start)) start = lines.pop()?.start ?? start;
    lines.push({ start, end: line.next });
  }

  #startTable(): void {
    const head = this.findings.lines.pop();
    if (head !== undefined) this.#pinBars(head);
  }

  #pinBars({ start, end }: Span): void {
    for (let at = start; at < end; at++) if (this.#source[at] === '|') this.findings.bars.push(at);
  }

  #readDefinition(line: SourceLine, text: string): boolean {
    const match = this.#context === null && !text.includes('[^') ? DEFINITION.exec(text) : null;
    if (match === null) return false;
    const [, indent, label, title = ''] = match;
    const start = line.start + indent.length;
    const titleEnd = line.start + text.trimEnd().length - 1;
    const gap = { start: start + label.length, end: titleEnd - Math.max(0, title.length - 2) };
    const { marks, atoms, labels } = this.findings;
    const until = title === '' ? gap.start : titleEnd;
    marks.push({ kind: 'enter', start: line.start, end: start, until, mark: UNREAD });
    if (title === '') this.#drop(gap.start, line.end);
    else {
      marks.push({ kind: 'space', ...gap });
      this.#drop(titleEnd, line.end);
    }
    this.#blot(line);
    labels.add(labelOf(label));
    atoms.push({ start: line.start, end: line.next });
    return true;
  }

  #readText(line: SourceLine, text: string): void {
    const prefix = this.#readPrefix(line);
    const rest = this.#source.slice(prefix, line.end);
    const indent = /^[ \t]*/.exec(text)?.[0].replaceAll('\t', '    ').length ?? 0;
    if (prefix === line.start && this.#context === null && indent >= CODE_INDENT && !this.#inList) {
      this.#readLiteral(line);
    } else if (this.#openFence(line, prefix, rest)) return;
    else if (!this.#skipRawHtml(line, rest)) this.#readInline(line, prefix, text);
  }

  /** Leaves out what stands before the text of a line, and starts a new context where it begins an item or a heading. */
  #readPrefix(line: SourceLine): number {
    let at = line.start;
    let quoted = false;
    let item = false;
    for (let width = this.#match(PREFIX, at, line.end); width > 0; width = this.#match(PREFIX, at, line.end)) {
      if (this.#source.slice(at, at + width).includes('>')) quoted = true;
      else item = true;
      at += width;
    }
    if (item) at += this.#match(TASK, at, line.end);
    const heading = this.#match(HEADING, at, line.end);
    if (item || heading > 0 || quoted !== this.#quoted) this.#endContext();
    this.#inList = item || (this.#inList && /^[ \t]/.test(this.#source.slice(line.start, line.start + 1)));
    this.#quoted = quoted;
    at += heading;
    if (at > line.start) this.#drop(line.start, at);
    if (heading > 0) this.#dropClosing(at, line.end);
    return at;
  }

  #dropClosing(start: number, end: number): void {
    let at = end;
    while (at > start && ' \t#'.includes(this.#source[at - 1])) at--;
    if (at > start && /^[ \t]+#/.test(this.#source.slice(at, at + 8))) this.#drop(at, end);
  }

  #match(pattern: RegExp, at: number, end: number): number {
    pattern.lastIndex = at;
    const width = pattern.exec(this.#source)?.[0].length ?? 0;
    return at + width <= end ? width : 0;
  }

  /** A fence; of the words behind it the first names a language, the others are hidden text. */
  #openFence(line: SourceLine, prefix: number, rest: string): boolean {
    const match = FENCE.exec(rest);
    if (match === null) return false;
    this.#endContext();
    this.#fence = { ...line, mark: match[1], quoted: this.#quoted };
    const end = Math.min(line.end, prefix + match[0].length);
    this.findings.marks.push({
      kind: 'enter',
      start: prefix,
      end,
      until: line.end,
      mark: { kind: 'text', hidden: true },
    });
    this.#drop(line.end, line.end);
    this.#blot({ start: prefix, end: line.end });
    return true;
  }

  #skipRawHtml(line: SourceLine, rest: string): boolean {
    const raw = RAW_HTML.find(([start]) => start.test(rest));
    if (raw === undefined) return false;
    raw[1].lastIndex = line.start;
    const end = raw[1].exec(this.#source);
    if (raw !== RAW_HTML[0] && end !== null && end.index < line.end) return false;
    this.#endContext();
    const after = end === null ? this.#source.length : end.index + end[0].length;
    const feed = this.#source.indexOf('\n', after);
    this.#rawEnd = Math.max(line.next, feed < 0 ? this.#source.length : feed + 1);
    return true;
  }

  #readInline(line: SourceLine, prefix: number, text: string): void {
    const row = this.#table && text.includes('|');
    if (row) this.#pinBars(line);
    if (row || !text.includes('|')) this.#table = row;
    this.#context ??= { start: prefix, end: prefix, prefixes: [] };
    if (prefix > this.#context.start) this.#context.prefixes.push({ start: line.start, end: prefix });
    this.#context.end = line.end;
    this.findings.lines.push({ start: line.start, end: line.next });
    if (row || this.#isHeading(line, prefix)) this.#endContext();
  }

  #isHeading(line: SourceLine, prefix: number): boolean {
    return /#[ \t]*$/.test(this.#source.slice(Math.max(line.start, prefix - 9), prefix));
  }

  #endBlock(): void {
    this.#endContext();
    this.#table = false;
    this.#quoted = false;
  }

  #endContext(): void {
    if (this.#context !== null) this.findings.contexts.push(this.#context);
    this.#context = null;
  }

  #drop(start: number, end: number): void {
    this.findings.marks.push({ kind: 'drop', start, end });
  }
}
