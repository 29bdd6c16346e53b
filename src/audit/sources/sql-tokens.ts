import { LARGEST_DOCUMENT } from '../source.ts';

/** `name` stood in backquotes, `string` in quotes (unescaped), `word` is anything bare, `mark` one of `( ) , ; =`. */
export interface SqlToken {
  readonly kind: 'name' | 'string' | 'word' | 'mark';
  readonly text: string;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', b: '\b', Z: '\u001a' };
const PLAIN_END = /['\\]/g;

type Mode = 'code' | 'string' | 'escape' | 'quote' | 'name' | 'comment' | 'block';

/**
 * Splits the SQL of a dump into tokens, in chunks cut anywhere. Comments are left out, `/*! … *\/` too. A string above the
 * limit of a document becomes the token `TOO_LONG`, so that memory stays bounded.
 */
export class SqlTokens {
  static readonly TOO_LONG = '\u0000too long\u0000';
  readonly #emit: (token: SqlToken) => void;
  #mode: Mode = 'code';
  #parts: string[] = [];
  #length = 0;
  #last = '';

  constructor(emit: (token: SqlToken) => void) {
    this.#emit = emit;
  }

  write(text: string): void {
    for (let i = 0; i < text.length;) i = this.#mode === 'string' ? this.#run(text, i) : this.#unit(text, i);
  }

  end(): void {
    if (this.#mode === 'quote') this.#finish('string');
    else if (this.#mode === 'code') this.#finish('word');
  }

  /** Takes the plain part of a string at once: nearly all of a dump. */
  #run(text: string, from: number): number {
    PLAIN_END.lastIndex = from;
    const end = PLAIN_END.exec(text)?.index ?? text.length;
    if (end > from) this.#take(text.slice(from, end));
    if (end === text.length) return end;
    this.#mode = text[end] === '\\' ? 'escape' : 'quote';
    return end + 1;
  }

  #unit(text: string, i: number): number {
    const unit = text[i];
    if (this.#mode === 'escape') {
      this.#take(ESCAPES[unit] ?? unit);
      this.#mode = 'string';
    } else if (this.#mode === 'quote') {
      if (unit !== "'") {
        this.#mode = 'code';
        this.#finish('string');
        return i;
      }
      this.#take("'");
      this.#mode = 'string';
    } else if (this.#mode === 'name') {
      if (unit !== '`') this.#take(unit);
      else this.#leave('name');
    } else if (this.#mode === 'comment') {
      if (unit === '\n') this.#mode = 'code';
    } else if (this.#mode === 'block') {
      if (unit === '/' && this.#last === '*') this.#mode = 'code';
      this.#last = unit;
    } else this.#code(unit);
    return i + 1;
  }

  #code(unit: string): void {
    const word = this.#parts.join('');
    if (unit === '*' && word.endsWith('/')) this.#enter('block');
    else if (unit === '#' || (unit === '-' && word === '-')) this.#enter('comment');
    else if (unit === "'") this.#open('string');
    else if (unit === '`') this.#open('name');
    else if (/\s/.test(unit)) this.#finish('word');
    else if ('(),;='.includes(unit)) {
      this.#finish('word');
      this.#emit({ kind: 'mark', text: unit });
    } else this.#take(unit);
  }

  #enter(mode: Mode): void {
    this.#parts = [];
    this.#length = 0;
    this.#last = '';
    this.#mode = mode;
  }

  #open(mode: Mode): void {
    this.#finish('word');
    this.#mode = mode;
  }

  #leave(kind: SqlToken['kind']): void {
    this.#mode = 'code';
    this.#finish(kind);
  }

  #take(text: string): void {
    this.#length += text.length;
    if (this.#length > LARGEST_DOCUMENT) this.#parts = [];
    else this.#parts.push(text);
  }

  #finish(kind: SqlToken['kind']): void {
    const text = this.#length > LARGEST_DOCUMENT ? SqlTokens.TOO_LONG : this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    if (kind !== 'word' || text !== '') this.#emit({ kind, text });
  }
}
