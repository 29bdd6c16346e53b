import type { Span } from './span.ts';

/** A character reference in an attribute value: what it stands for and where it is written. */
export interface PlacedReference extends Span {
  readonly characters: string;
}

/** An attribute of a tag; the span is that of its value in the source, without quotes. */
export interface PlacedAttribute extends Span {
  /** Lower case. */
  readonly name: string;
  readonly nameStart: number;
  readonly quoted: boolean;
  /** In order and apart. */
  readonly references: readonly PlacedReference[];
}

/** The value of an attribute with its references decoded. */
export function valueOf(source: string, { start, end, references }: PlacedAttribute): string {
  let value = '';
  let at = start;
  for (const reference of references) {
    value += source.slice(at, reference.start) + reference.characters;
    at = reference.end;
  }
  return value + source.slice(at, end);
}

/**
 * Collects the attributes of one tag from what the tokenizer reports. It reports references without their places: a run of
 * them stands between two pieces of data, and each begins at an ampersand.
 */
export class AttributeCollector {
  readonly #source: string;
  #attributes = new Map<string, PlacedAttribute>();
  #name: Span = { start: 0, end: 0 };
  #start = -1;
  #end = 0;
  #references: PlacedReference[] = [];
  #pending: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  name(start: number, end: number): void {
    this.#name = { start, end };
    this.#start = -1;
    this.#end = end;
    this.#references = [];
    this.#pending = [];
  }

  data(start: number, end: number): void {
    this.#place(start);
    if (this.#start < 0) this.#start = start;
    this.#end = end;
  }

  reference(code: number): void {
    this.#pending.push(String.fromCodePoint(code));
  }

  /** Ends the attribute; of several of one name the first counts. */
  finish(quoted: boolean): void {
    const name = this.#source.slice(this.#name.start, this.#name.end).toLowerCase();
    if (this.#attributes.has(name)) return;
    const start = this.#start < 0 ? this.#end : this.#start;
    const references = this.#references;
    this.#attributes.set(name, { name, nameStart: this.#name.start, quoted, start, end: this.#end, references });
  }

  /** The attributes since the last call, by name, in order. */
  take(): ReadonlyMap<string, PlacedAttribute> {
    const attributes = this.#attributes;
    this.#attributes = new Map();
    return attributes;
  }

  /** Gives the pending references, which end at `end`, their places; as one where they cannot be told apart. */
  #place(end: number): void {
    if (this.#pending.length === 0) return;
    const start = this.#start < 0 ? this.#source.indexOf('&', this.#end) : this.#end;
    if (this.#start < 0) this.#start = start;
    const pieces = this.#source.slice(start, end).split('&').slice(1);
    if (pieces.length === this.#pending.length) this.#placeEach(start, pieces);
    else this.#references.push({ characters: this.#pending.join(''), start, end });
    this.#pending = [];
  }

  #placeEach(start: number, pieces: readonly string[]): void {
    let at = start;
    for (const [index, characters] of this.#pending.entries()) {
      const end = at + 1 + pieces[index].length;
      this.#references.push({ characters, start: at, end });
      at = end;
    }
  }
}
