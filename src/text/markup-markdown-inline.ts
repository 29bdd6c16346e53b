import { readAddress, type Address } from './markup-markdown-address.ts';
import { pairDelimiters, type DelimiterRun, type Edge } from './markup-markdown-emphasis.ts';
import { labelOf, type Context, type MarkdownFindings } from './markup-markdown-marks.ts';
import type { Span } from './span.ts';

interface Bracket {
  readonly at: number;
  readonly end: number;
  readonly image: boolean;
  /** How many brackets had come before: a label holds none. */
  readonly count: number;
}

const ESCAPABLE = /[!-/:-@[-`{-~]/;
const AUTOLINK = /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,255})>/iy;
const TAG =
  /<(?:\/[a-z][a-z0-9-]*\s*|[a-z][\w:-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']{0,2000}'|"[^"]{0,2000}"))?){0,50}\s*\/?)>/iy;
/** What ends a comment and what is like one. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
];
/** At the start of a line, a tag begins a block of HTML even where it is not closed. */
const BLOCK_TAG = /<\/?[a-z][a-z0-9-]*(?=[\s/>]|$)/iy;
/** Elements of which all that follows is content, whatever it looks like; without an end tag their start tag is text. */
const SWALLOWING = /^<(script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext)(?=[\s/>])/i;
const WORD = /[\p{L}\p{N}_]/u;
/** Longest run that is emphasis; longer ones are rules and decoration. */
const LONGEST_RUN = 3;

/** Finds the marks within one context. */
export function readInline(source: string, context: Context, findings: MarkdownFindings): void {
  new InlineReader(source, context, findings).read();
}

class InlineReader {
  readonly #source: string;
  readonly #context: Context;
  readonly #findings: MarkdownFindings;
  readonly #brackets: Bracket[] = [];
  readonly #delimiters: DelimiterRun[] = [];
  readonly #edges: Edge[] = [];
  #ticks: ReadonlyMap<number, number[]> | null = null;
  readonly #lastEnds = new Map<string, number>();
  /** Brackets below hold a link already, and links hold none. */
  #used = 0;
  #count = 0;
  #prefix = 0;

  constructor(source: string, context: Context, findings: MarkdownFindings) {
    this.#source = source;
    this.#context = context;
    this.#findings = findings;
  }

  read(): void {
    let at = this.#context.start;
    while (at < this.#context.end) {
      const prefix = this.#context.prefixes[this.#prefix];
      if (prefix !== undefined && at >= prefix.start) {
        at = Math.max(at, prefix.end);
        this.#prefix++;
      } else at = this.#step(at);
    }
    this.#edges.sort((a, b) => a.at - b.at);
    pairDelimiters(this.#source, this.#delimiters, this.#edges, this.#findings);
  }

  /** Reads what stands at a place and returns where to go on. */
  #step(at: number): number {
    switch (this.#source[at]) {
      case '\\':
        return this.#escape(at);
      case '`':
        return this.#code(at);
      case '<':
        return this.#angle(at);
      case '!':
        return this.#source[at + 1] === '[' ? this.#open(at, 2) : at + 1;
      case '[':
        return this.#open(at, 1);
      case ']':
        return this.#close(at);
      case '*':
      case '_':
      case '~':
        return this.#delimiter(at);
      default:
        return at + 1;
    }
  }

  #escape(at: number): number {
    const unit = this.#source[at + 1] ?? '';
    if (ESCAPABLE.test(unit)) {
      this.#findings.marks.push({ kind: 'escape', start: at, end: at + 2 });
      if (unit === '<' || unit === '&') this.#findings.blots.push(at + 1);
      return at + 2;
    }
    if (unit === '\n' || unit === '\r') this.#drop(at, at + 1);
    return at + 1;
  }

  #code(at: number): number {
    let end = at;
    while (this.#source[end] === '`') end++;
    const places = this.#runsOfTicks().get(end - at) ?? [];
    let close = places.pop();
    while (close !== undefined && close < end) close = places.pop();
    if (close === undefined) return end;
    const outer = { start: at, end: close + end - at };
    this.#drop(at, end);
    this.#drop(close, outer.end);
    this.#enclose(outer, { start: end, end: close }, false);
    this.#blot(end, close);
    return outer.end;
  }

  /** The places of runs of backticks by length, last ones first. */
  #runsOfTicks(): ReadonlyMap<number, number[]> {
    if (this.#ticks !== null) return this.#ticks;
    const runs = new Map<number, number[]>();
    const { start, end } = this.#context;
    for (const { 0: run, index } of this.#source.slice(start, end).matchAll(/`+/g)) {
      const places = runs.get(run.length);
      if (places === undefined) runs.set(run.length, [start + index]);
      else places.push(start + index);
    }
    for (const places of runs.values()) places.reverse();
    this.#ticks = runs;
    return runs;
  }

  #blot(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      if (this.#source[at] === '<' || this.#source[at] === '&') this.#findings.blots.push(at);
    }
  }

  /** An address in angle brackets, a tag, a comment, or just text. */
  #angle(at: number): number {
    const link = this.#match(AUTOLINK, at);
    if (link > 0) return this.#autolink(at, at + link);
    const tag = Math.max(this.#match(TAG, at), this.#comment(at));
    const opensBlock = tag === 0 && this.#startsLine(at) && this.#match(BLOCK_TAG, at) > 0;
    if ((tag > 0 || opensBlock) && !this.#swallows(at)) {
      this.#findings.keepers.push(at);
      return at + Math.max(1, tag);
    }
    this.#findings.blots.push(at);
    return at + 1;
  }

  /** Width of the comment at a place, 0 where there is none. */
  #comment(at: number): number {
    const ending = ENDINGS.find(([opening]) => this.#source.startsWith(opening, at))?.[1];
    if (ending === undefined || this.#last(ending) < at) return 0;
    return this.#source.indexOf(ending, at) + ending.length - at;
  }

  #autolink(at: number, end: number): number {
    this.#blot(at, end);
    this.#findings.marks.push({ kind: 'link', start: at, end: at + 1, until: end - 1 });
    this.#drop(end - 1, end);
    this.#enclose({ start: at, end }, { start: at + 1, end: end - 1 }, false);
    return end;
  }

  #startsLine(at: number): boolean {
    let before = at;
    while (before > this.#context.start && ' \t'.includes(this.#source[before - 1])) before--;
    return before === this.#context.start || '\n\r'.includes(this.#source[before - 1]);
  }

  #swallows(at: number): boolean {
    const name = SWALLOWING.exec(this.#source.slice(at, at + 12))?.[1]?.toLowerCase();
    if (name === undefined) return false;
    return this.#last(`</${name}`) < at;
  }

  /** The last place of something in the context, looked for once; −1 where it has none. */
  #last(ending: string): number {
    const known = this.#lastEnds.get(ending);
    if (known !== undefined) return known;
    const { start, end } = this.#context;
    const last = this.#source.slice(start, end).toLowerCase().lastIndexOf(ending);
    this.#lastEnds.set(ending, last < 0 ? -1 : start + last);
    return last < 0 ? -1 : start + last;
  }

  #match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    const width = pattern.exec(this.#source)?.[0].length ?? 0;
    return at + width <= this.#context.end ? width : 0;
  }

  #open(at: number, width: number): number {
    this.#brackets.push({ at, end: at + width, image: width === 2, count: ++this.#count });
    return at + width;
  }

  #close(at: number): number {
    const bracket = this.#brackets.pop();
    if (bracket === undefined) return at + 1;
    const dead = this.#brackets.length < this.#used && !bracket.image;
    this.#used = Math.min(this.#used, this.#brackets.length);
    const address = dead ? null : readAddress(this.#source, at + 1, this.#context.end);
    const end = address?.end ?? (dead ? -1 : this.#reference(bracket, at));
    if (end < 0) return at + 1;
    if (bracket.image) this.#addImage(bracket, at, end, address);
    else this.#addLink(bracket, at, end, address);
    this.#edges.push({ at: bracket.at, inside: true }, { at, inside: false });
    this.#blot(at, address?.titleStart ?? end);
    return end;
  }

  /** Where `[text][label]`, `[label][]` or `[label]` ends; −1 where no such label is defined. */
  #reference(bracket: Bracket, at: number): number {
    const { labels } = this.#findings;
    if (labels.size === 0) return -1;
    const label = /\[([^[\]]{0,999})\]/y;
    label.lastIndex = at + 1;
    const named = label.exec(this.#source);
    if (named !== null && named[1].trim() !== '') return labels.has(labelOf(named[1])) ? label.lastIndex : -1;
    if (bracket.count !== this.#count || !labels.has(labelOf(this.#source.slice(bracket.end, at)))) return -1;
    return named === null ? at + 1 : label.lastIndex;
  }

  #addLink(bracket: Bracket, at: number, end: number, address: Address | null): void {
    this.#used = this.#brackets.length;
    this.#findings.marks.push({ kind: 'link', start: bracket.at, end: bracket.end, until: at });
    const text = this.#source.slice(bracket.end, at);
    this.#addEnd(at, end, address, text, 'enter');
    if (!text.includes('![')) this.#enclose({ start: bracket.at, end }, { start: bracket.end, end: at }, false);
  }

  #addImage(bracket: Bracket, at: number, end: number, address: Address | null): void {
    const until = address?.titleEnd ?? at;
    const mark = { kind: 'alt', hidden: false } as const;
    this.#findings.marks.push({ kind: 'enter', start: bracket.at, end: bracket.end, until, mark });
    this.#addEnd(at, end, address, this.#source.slice(bracket.end, at), 'space');
    this.#findings.keepers.push(bracket.at);
  }

  /** What stands behind the text of a link or image: the address goes, a title that says something else is text. */
  #addEnd(at: number, end: number, address: Address | null, text: string, as: 'enter' | 'space'): void {
    const { titleStart: start = end, titleEnd: until = end } = address ?? {};
    if (start >= until || this.#source.slice(start, until) === text) {
      this.#drop(at, end);
      return;
    }
    const mark = { kind: 'alt', hidden: false } as const;
    if (as === 'space') this.#findings.marks.push({ kind: 'space', start: at, end: start });
    else this.#findings.marks.push({ kind: 'enter', start: at, end: start, until, mark });
    this.#drop(until, end);
  }

  #delimiter(at: number): number {
    const unit = this.#source[at];
    let end = at;
    while (this.#source[end] === unit) end++;
    const [before, after] = [this.#source[at - 1] ?? ' ', this.#source[end] ?? ' '];
    const tilde = unit === '~' && end - at !== 2;
    if (end - at > LONGEST_RUN || tilde) return end;
    const inWord = (side: string): boolean => unit === '_' && WORD.test(side);
    const opens = !/\s/.test(after) && !inWord(before);
    const closes = !/\s/.test(before) && !inWord(after);
    this.#delimiters.push({ at, end, mark: this.#source.slice(at, end), opens, closes });
    return end;
  }

  #enclose(outer: Span, inner: Span, pair: boolean): void {
    this.#findings.enclosures.push({ outer, inner, pair });
    if (this.#source.slice(outer.start, outer.end).includes('\n')) {
      this.#findings.keepers.push(outer.start, outer.end - 1);
    }
  }

  #drop(start: number, end: number): void {
    this.#findings.marks.push({ kind: 'drop', start, end });
  }
}
