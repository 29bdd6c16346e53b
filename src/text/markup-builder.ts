import type { LineKind, LineMark, TextDocument } from './document.ts';
import { removableParts, type Enclosure, type Fence } from './markup-removal.ts';
import type { Span } from './span.ts';
import { isWordUnit } from './unit.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** White space that markup collapses; U+2028 and U+2029 too, since they would end a line of the text that is read. */
export function isBlankUnit(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13 && unit !== 11) || unit === 0x2028 || unit === 0x2029;
}

/**
 * Collects the text of a marked-up source in reading order: its units with their offsets, its lines with their marks, and
 * what belongs together when text is removed. Positions must never go back. No line is empty, each ends with `\n`, and
 * white space stands only between words. Cost: constant per unit, pieces of the source are copied as slices.
 */
export class MarkupBuilder {
  readonly #source: string;
  readonly #pieces: string[] = [];
  #piece: Span = { start: 0, end: 0 };
  #starts = new Uint32Array(1024);
  #ends = new Uint32Array(1024);
  #length = 0;
  #lineStart = 0;
  #blank: Span | null = null;
  readonly #marks: LineMark[] = [];
  #mark: LineMark = { kind: 'text', hidden: false };
  #linkedWords = false;
  #plainWords = false;
  readonly #enclosures: Enclosure[] = [];
  readonly #fences: Fence[] = [];
  readonly #pinned = new Set<number>();

  constructor(source: string) {
    this.#source = source;
  }

  /** What the following text is; ends the line where that changes. */
  mark(kind: LineKind, hidden: boolean): void {
    if (kind === this.#mark.kind && hidden === this.#mark.hidden) return;
    this.endLine();
    this.#mark = { kind, hidden };
  }

  /** Adds `source.slice(start, end)` with its white space collapsed; where `breaks`, a line break in it ends the line. */
  text(start: number, end: number, linked: boolean, breaks: boolean): void {
    let at = start;
    while (at < end) {
      let stop = at;
      while (stop < end && !isBlankUnit(this.#source.charCodeAt(stop))) stop++;
      if (stop > at) this.#run(at, stop, linked);
      at = this.#blanks(stop, end, breaks);
    }
  }

  /** Adds characters that `source.slice(start, end)` stands for, such as those of a character reference. */
  decoded(characters: string, start: number, end: number, linked: boolean): void {
    for (const unit of characters.split('')) {
      if (isBlankUnit(unit.charCodeAt(0))) this.#spaceAt(start, end);
      else {
        this.#flushBlank();
        this.#note(unit, 0, 1, linked);
        this.#copy(unit, start, end);
      }
    }
  }

  /** Adds a blank that `source.slice(start, end)` is read as, unless the line begins here or a blank came before. */
  space(start: number, end: number): void {
    this.#spaceAt(start, end);
  }

  /** Ends the line where it has any text; `start..end` is what ends it in the source, if anything does. */
  endLine(start?: number, end?: number): void {
    this.#blank = null;
    if (this.#length === this.#lineStart) return;
    const at = this.#ends[this.#length - 1];
    const links = this.#mark.kind === 'text' && this.#linkedWords && !this.#plainWords;
    this.#marks.push(links ? { kind: 'link', hidden: this.#mark.hidden } : this.#mark);
    this.#copy('\n', start ?? at, end ?? at);
    this.#lineStart = this.#length;
    this.#linkedWords = false;
    this.#plainWords = false;
  }

  /** Says that `outer` goes whole when all text within `inner` goes. One that no text was read in never goes. */
  enclose(outer: Span, inner: Span, pair = false): void {
    this.#enclosures.push({ outer, inner, pair });
  }

  /** Says that the text within `inner` may be removed in part only as the kind of fence allows. Fences must not overlap. */
  fence(kind: Fence['kind'], outer: Span, inner: Span): void {
    this.#fences.push({ kind, outer, inner });
  }

  /** Says that the unit at this place of the source stays when the text around it goes. */
  pin(at: number): void {
    this.#pinned.add(at);
  }

  /** The document. `breaksStay` where lines mean something: a line break goes only with what was said to go whole. */
  finish(breaksStay: boolean): TextDocument {
    this.endLine();
    this.#flushPiece();
    const text = this.#pieces.join('');
    const offsets = { starts: this.#starts.slice(0, this.#length), ends: this.#ends.slice(0, this.#length) };
    const read = { source: this.#source, text, offsets };
    const bounds = { enclosures: this.#enclosures, fences: this.#fences, pinned: this.#pinned, breaksStay };
    return { ...read, marks: this.#marks, removable: removableParts(read, bounds) };
  }

  /** Reads the white space from `at` and returns where it ends. */
  #blanks(at: number, end: number, breaks: boolean): number {
    let next = at;
    while (next < end && isBlankUnit(this.#source.charCodeAt(next))) {
      const unit = this.#source.charCodeAt(next++);
      if (breaks && (unit === LINE_FEED || unit === CARRIAGE_RETURN)) this.endLine(next - 1, next);
    }
    if (next > at) this.#spaceAt(at, next);
    return next;
  }

  #spaceAt(start: number, end: number): void {
    if (this.#length > this.#lineStart) this.#blank ??= { start, end };
  }

  #flushBlank(): void {
    if (this.#blank === null) return;
    this.#copy(' ', this.#blank.start, this.#blank.end);
    this.#blank = null;
  }

  #run(start: number, end: number, linked: boolean): void {
    this.#flushBlank();
    this.#note(this.#source, start, end, linked);
    if (start !== this.#piece.end) this.#flushPiece(start);
    this.#piece = { start: this.#piece.start, end };
    this.#reserve(end - start);
    for (let at = start; at < end; at++) {
      this.#starts[this.#length] = at;
      this.#ends[this.#length++] = at + 1;
    }
  }

  /** Adds one unit that is not copied from its place in the source. */
  #copy(unit: string, start: number, end: number): void {
    this.#flushPiece(end);
    this.#pieces.push(unit);
    this.#reserve(1);
    this.#starts[this.#length] = start;
    this.#ends[this.#length++] = end;
  }

  #flushPiece(next = 0): void {
    const { start, end } = this.#piece;
    if (end > start) this.#pieces.push(this.#source.slice(start, end));
    this.#piece = { start: next, end: next };
  }

  /** Whether the line holds words inside and outside of links. */
  #note(text: string, start: number, end: number, linked: boolean): void {
    if (linked) {
      this.#linkedWords = true;
      return;
    }
    for (let at = start; !this.#plainWords && at < end; at++) this.#plainWords = isWordUnit(text.charCodeAt(at));
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#starts.length) return;
    const size = 2 * (this.#length + more);
    const [starts, ends] = [new Uint32Array(size), new Uint32Array(size)];
    starts.set(this.#starts);
    ends.set(this.#ends);
    [this.#starts, this.#ends] = [starts, ends];
  }
}
