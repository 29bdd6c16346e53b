import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { TextDocument } from './document.ts';
import { AttributeCollector } from './markup-attributes.ts';
import { MarkupBuilder } from './markup-builder.ts';
import { MarkupTree, type TextSink } from './markup-tree.ts';

/**
 * An HTML document or fragment as lines of text, with what a page shows outside of its text (title, descriptions,
 * alternative texts) and what it hides. Never throws: broken markup is read much as browsers read it. Time is linear,
 * which is why the tokenizer of htmlparser2 is used without its parser: that one moves its whole stack for every element
 * (100,000 nested ones take seconds) and searches it for every stray end tag.
 */
export function htmlDocument(source: string): TextDocument {
  const builder = new MarkupBuilder(source);
  readHtml(source, source, builder, null);
  return builder.finish(false);
}

/**
 * Reads the HTML in `source` into `builder`; `sink`, where given, takes the text between tags. `markup` is what the tags
 * are read from: the source itself, or a copy of the same length in which what is no HTML is blotted out.
 */
export function readHtml(source: string, markup: string, builder: MarkupBuilder, sink: TextSink | null): void {
  const tokenizer = new Tokenizer({ decodeEntities: true }, new TokenReader(source, markup, builder, sink));
  tokenizer.write(markup);
  tokenizer.end();
}

/** Turns what the tokenizer reports into whole tags, texts and comments with their places. */
class TokenReader implements TokenizerCallbacks {
  readonly #markup: string;
  readonly #attributes: AttributeCollector;
  readonly #tree: MarkupTree;
  #name = '';
  #tagStart = 0;
  /** Where the last whole token ended: what stands behind it at the end of the source is a tag that is cut off. */
  #end = 0;

  constructor(source: string, markup: string, builder: MarkupBuilder, sink: TextSink | null) {
    this.#markup = markup;
    this.#attributes = new AttributeCollector(source);
    this.#tree = new MarkupTree(source, builder, sink);
  }

  /** At the end of the source, the tokenizer gives what is left of some tags as text from −1. */
  ontext(start: number, end: number): void {
    if (start < 0) return;
    this.#end = end;
    this.#tree.text(start, end);
  }

  /** A reference holds no ampersand but its first unit, which is how its start is found. */
  ontextentity(code: number, end: number): void {
    this.#end = end;
    this.#tree.reference(String.fromCodePoint(code), this.#markup.lastIndexOf('&', end - 1), end);
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#markup.slice(start, end).toLowerCase();
    this.#tagStart = start - 1;
  }

  onattribname(start: number, end: number): void {
    this.#attributes.name(start, end);
  }

  onattribdata(start: number, end: number): void {
    this.#attributes.data(start, end);
  }

  onattribentity(code: number): void {
    this.#attributes.reference(code);
  }

  onattribend(quote: QuoteType): void {
    this.#attributes.finish(quote !== QuoteType.Unquoted);
  }

  onopentagend(at: number): void {
    this.#end = at + 1;
    this.#tree.open(this.#name, { start: this.#tagStart, end: at + 1 }, this.#attributes.take());
  }

  onselfclosingtag(at: number): void {
    const foreign = this.#tree.isForeign() || this.#name === 'svg' || this.#name === 'math';
    this.onopentagend(at);
    if (foreign) this.#tree.close(this.#name, { start: at + 1, end: at + 1 });
  }

  onclosetag(start: number, end: number): void {
    const at = this.#markup.indexOf('>', end);
    this.#end = at < 0 ? this.#markup.length : at + 1;
    this.#tree.close(this.#markup.slice(start, end).toLowerCase(), { start: start - 2, end: this.#end });
  }

  /** A comment proper, or what is read as one: `<?…>`, `<!…>`, `</ …>`. */
  oncomment(start: number, end: number, offset: number): void {
    const proper = this.#markup.startsWith('<!--', start - 4);
    const outer = proper ? start - 4 : start - (this.#markup[start - 1] === '<' ? 1 : 2);
    this.#end = Math.min(end + 1, this.#markup.length);
    const inner = { start, end: Math.max(start, end - offset) };
    this.#tree.comment({ start: outer, end: this.#end }, inner, proper);
  }

  oncdata(start: number, end: number, offset: number): void {
    this.#end = end + 1;
    if (this.#tree.isForeign()) this.#tree.text(start, end - offset);
    else this.#tree.comment({ start: start - '<![CDATA['.length, end: end + 1 }, { start, end: end - offset }, false);
  }

  ondeclaration(_start: number, end: number): void {
    this.#end = end + 1;
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.#end = end + 1;
  }

  isInForeignContext(): boolean {
    return this.#tree.isForeign();
  }

  onend(): void {
    while (this.#markup.startsWith('</>', this.#end)) this.#end += 3;
    this.#tree.finish(this.#end);
  }
}
