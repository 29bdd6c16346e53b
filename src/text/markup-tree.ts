import type { LineKind, LineMark } from './document.ts';
import { valueOf, type PlacedAttribute } from './markup-attributes.ts';
import type { MarkupBuilder } from './markup-builder.ts';
import {
  BLOCK,
  INTEGRATION,
  OMISSIBLE,
  PREFORMATTED,
  SHOWN,
  STRUCTURAL,
  TABLE_PART,
  VOID,
  endedBy,
} from './markup-elements.ts';
import { hidingSelectors, isHidden, type Selectors } from './markup-visibility.ts';
import type { Span } from './span.ts';

/** Takes the text between tags; Markdown reads its own marks out of it. */
export interface TextSink {
  /** The text `start..end` of the source, within a link or not; `flow` is what text is at that place. */
  text(start: number, end: number, linked: boolean, flow: LineMark): void;
}

/** How an element ends: by its end tag, where some elements may go without one, or inside of another's end tag. */
type Ending = 'written' | 'left out' | 'broken';

type Attributes = ReadonlyMap<string, PlacedAttribute>;

/** An open element. */
interface Element {
  readonly name: string;
  /** Its start tag. */
  readonly tag: Span;
  readonly hidden: boolean;
  /** In SVG or MathML, where tags close themselves and no element holds raw text. */
  readonly foreign: boolean;
  readonly preformatted: boolean;
  readonly linked: boolean;
  /** It holds something that must not go with its text. */
  keeps: boolean;
}

const META_KINDS: ReadonlyMap<string, LineKind> = new Map([
  ['description', 'description'],
  ['keywords', 'description'],
  ['og:title', 'title'],
  ['og:description', 'description'],
  ['twitter:title', 'title'],
  ['twitter:description', 'description'],
]);
const TEXT_ATTRIBUTES = new Set(['alt', 'title', 'aria-label', 'placeholder']);
const RAW = new Set(['script', 'style']);

/**
 * Follows which elements are open and reads their texts into a builder. Each tag is paid for once: an end tag without a
 * start tag is known by a count, and what is on the stack leaves it once.
 */
export class MarkupTree {
  readonly #source: string;
  readonly #builder: MarkupBuilder;
  readonly #sink: TextSink | null;
  readonly #selectors: Selectors;
  readonly #stack: Element[] = [];
  readonly #open = new Map<string, number>();

  constructor(source: string, builder: MarkupBuilder, sink: TextSink | null) {
    this.#source = source;
    this.#builder = builder;
    this.#sink = sink;
    this.#selectors = hidingSelectors(source);
  }

  isForeign(): boolean {
    return this.#stack.at(-1)?.foreign ?? false;
  }

  open(name: string, tag: Span, attributes: Attributes): void {
    if (name === 'form' && this.#isOpen('form')) return;
    const ended = endedBy(name);
    for (let top = this.#stack.at(-1); top !== undefined && ended.has(top.name); top = this.#stack.at(-1)) {
      this.#pop(tag.start, 'left out');
    }
    this.#break(name, tag);
    const element = this.#element(name, tag, attributes);
    this.#readAttributes(element, attributes);
    if (SHOWN.has(name)) this.#keep();
    if (VOID.has(name)) this.#restoreMark();
    else this.#push(element);
  }

  close(name: string, tag: Span): void {
    if (name === 'br') this.#builder.endLine(tag.start, tag.end);
    if (!this.#isOpen(name)) {
      if (name === 'p') this.#builder.endLine();
      return;
    }
    while (this.#stack.at(-1)?.name !== name) this.#pop(tag.start, BLOCK.has(name) ? 'left out' : 'broken');
    this.#pop(tag.end, 'written');
  }

  text(start: number, end: number): void {
    const top = this.#stack.at(-1);
    if (top !== undefined && RAW.has(top.name)) return;
    const linked = top?.linked ?? false;
    if (this.#sink === null) this.#builder.text(start, end, linked, top?.preformatted ?? false);
    else this.#sink.text(start, end, linked, this.#flow());
  }

  /** A character reference in text; a line break in preformatted text may be one. */
  reference(characters: string, start: number, end: number): void {
    const top = this.#stack.at(-1);
    if (top?.preformatted === true && characters === '\n') this.#builder.endLine(start, end);
    else this.#builder.decoded(characters, start, end, top?.linked ?? false);
  }

  /** A comment is hidden text of as many lines as it is written in. */
  comment(outer: Span, inner: Span, proper: boolean): void {
    this.#builder.mark('comment', true);
    this.#builder.text(inner.start, inner.end, false, true);
    this.#builder.fence(proper ? 'comment' : 'atom', outer, inner);
    this.#restoreMark();
  }

  /** Ends the document; what stands behind `end` is a tag that is cut off, which browsers drop and a reader never sees. */
  finish(end: number): void {
    while (this.#stack.length > 0) this.#pop(end, 'left out');
    if (end >= this.#source.length) return;
    const rest = { start: end, end: this.#source.length };
    this.#builder.mark('text', true);
    this.#builder.text(rest.start, rest.end, false, true);
    this.#builder.fence('atom', rest, rest);
  }

  #isOpen(name: string): boolean {
    return (this.#open.get(name) ?? 0) > 0;
  }

  /** Ends the line where the start tag of an element does so. */
  #break(name: string, tag: Span): void {
    if (TABLE_PART.has(name) && !this.#isOpen('table')) this.#builder.space(tag.start, tag.start);
    else if (name === 'br') this.#builder.endLine(tag.start, tag.end);
    else if (BLOCK.has(name) || name === 'hr') this.#builder.endLine();
  }

  #element(name: string, tag: Span, attributes: Attributes): Element {
    const parent = this.#stack.at(-1);
    const attribute = (key: string): string | undefined => {
      const placed = attributes.get(key);
      return placed === undefined ? undefined : valueOf(this.#source, placed);
    };
    return {
      name,
      tag,
      hidden: (parent?.hidden ?? false) || isHidden(name, attribute, this.#selectors),
      foreign: name === 'svg' || name === 'math' || ((parent?.foreign ?? false) && !INTEGRATION.has(name)),
      preformatted: (parent?.preformatted ?? false) || PREFORMATTED.has(name),
      linked: (parent?.linked ?? false) || name === 'a',
      keeps: SHOWN.has(name),
    };
  }

  #push(element: Element): void {
    this.#stack.push(element);
    this.#open.set(element.name, (this.#open.get(element.name) ?? 0) + 1);
    this.#restoreMark();
  }

  #pop(end: number, ending: Ending): void {
    const element = this.#stack.pop();
    if (element === undefined) return;
    const { name, tag, keeps } = element;
    this.#open.set(name, (this.#open.get(name) ?? 0) - 1);
    const whole = ending === 'written' || (ending === 'left out' && OMISSIBLE.has(name));
    if (whole && !keeps && !STRUCTURAL.has(name)) {
      this.#builder.enclose({ start: tag.start, end }, { start: tag.end, end });
    }
    if (!whole || keeps) this.#keep();
    if (BLOCK.has(name) && !(TABLE_PART.has(name) && !this.#isOpen('table'))) this.#builder.endLine();
    this.#restoreMark();
  }

  /** What is on top of the stack must not go with its text; what holds it learns so when it is closed. */
  #keep(): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) top.keeps = true;
  }

  #flow(): LineMark {
    const top = this.#stack.at(-1);
    const title = top?.name === 'title';
    return { kind: title ? (this.#isOpen('svg') ? 'alt' : 'title') : 'text', hidden: top?.hidden ?? false };
  }

  #restoreMark(): void {
    const { kind, hidden } = this.#flow();
    this.#builder.mark(kind, hidden);
  }

  #readAttributes(element: Element, attributes: Attributes): void {
    if (element.name === 'meta') this.#readMeta(element, attributes);
    for (const attribute of attributes.values()) {
      if (TEXT_ATTRIBUTES.has(attribute.name) && !this.#repeats(element, attribute)) {
        this.#addAttribute(attribute, 'alt', element.hidden);
      }
    }
  }

  #readMeta({ hidden }: Element, attributes: Attributes): void {
    const content = attributes.get('content');
    const named = attributes.get('name') ?? attributes.get('property') ?? attributes.get('itemprop');
    if (content === undefined || named === undefined) return;
    const kind = META_KINDS.get(valueOf(this.#source, named).trim().toLowerCase());
    if (kind !== undefined) this.#addAttribute(content, kind, hidden);
  }

  /** `<a title="X">X</a>`: the text is the same and goes with the same element, so it need not part the sentence. */
  #repeats({ name, tag }: Element, { start, end }: PlacedAttribute): boolean {
    if (BLOCK.has(name) || VOID.has(name) || end === start) return false;
    const after = tag.end + end - start;
    return (
      this.#source.startsWith(`</${name}`, after) && this.#source.startsWith(this.#source.slice(start, end), tag.end)
    );
  }

  /** An attribute value is a line of its own. */
  #addAttribute(attribute: PlacedAttribute, kind: LineKind, hidden: boolean): void {
    this.#builder.mark(kind, hidden);
    let at = attribute.start;
    for (const { characters, start, end } of attribute.references) {
      this.#builder.text(at, start, false, false);
      this.#builder.decoded(characters, start, end, false);
      at = end;
    }
    this.#builder.text(at, attribute.end, false, false);
    this.#builder.endLine();
    if (!attribute.quoted) this.#fenceBare(attribute);
  }

  #fenceBare({ nameStart, start, end }: PlacedAttribute): void {
    this.#builder.fence('bare', { start: nameStart, end }, { start, end });
  }
}
