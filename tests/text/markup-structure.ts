import { Parser } from 'htmlparser2';

/** Elements whose end tags may be left out. */
const OMISSIBLE = new Set(['p', 'li', 'td']);

export interface Structure {
  /** Elements without an end tag. */
  readonly unclosed: number;
  /** End tags without an element. */
  readonly stray: number;
}

/** The faults of an HTML source as the parser of htmlparser2 sees them, which the reader under test does not use. */
export function structureOf(source: string): Structure {
  const counter = new CountingParser();
  counter.end(source);
  return { unclosed: counter.unclosed, stray: counter.endTags - counter.closed };
}

class CountingParser extends Parser {
  endTags = 0;
  closed = 0;
  unclosed = 0;

  constructor() {
    super({
      onclosetag: (name, implied) => {
        if (!implied) this.closed++;
        else if (!OMISSIBLE.has(name) && !this.isVoidElement(name)) this.unclosed++;
      },
    });
  }

  override onclosetag(start: number, endIndex: number): void {
    this.endTags++;
    super.onclosetag(start, endIndex);
  }
}
