import { LARGEST_DOCUMENT } from '../source.ts';

/**
 * Cuts the objects that stand directly in an array of a JSON text out of a stream: each that is the element of an array
 * named by one of `keys` (`''`: an array that is the whole text). Gives their JSON, `null` for one above the limit.
 * Memory: one object. Broken JSON gives broken objects, which the caller parses and reports.
 */
export class JsonObjects {
  readonly #keys: ReadonlySet<string>;
  readonly #emit: (json: string | null) => void;
  /** Of each open container: its bracket, and the key that it stands under. */
  readonly #stack: { readonly bracket: string; readonly key: string }[] = [];
  #inString = false;
  #escaped = false;
  #string: string[] = [];
  #key = '';
  /** Depth at which the object that is being taken began, −1 outside of one. */
  #depth = -1;
  #taken: string[] = [];
  #length = 0;

  constructor(keys: readonly string[], emit: (json: string | null) => void) {
    this.#keys = new Set(keys);
    this.#emit = emit;
  }

  write(text: string): void {
    let from = this.#depth >= 0 ? 0 : text.length;
    for (let i = 0; i < text.length; i++) {
      const unit = text[i];
      if (this.#inString) this.#within(unit);
      else if (unit === '"') {
        this.#inString = true;
        this.#string = [];
      } else if (unit === ':') this.#key = this.#string.join('');
      else if (unit === '{' || unit === '[') {
        if (this.#begins(unit)) {
          this.#depth = this.#stack.length;
          from = i;
        }
        this.#stack.push({ bracket: unit, key: this.#key });
        this.#key = '';
      } else if (unit === '}' || unit === ']') {
        this.#stack.pop();
        if (this.#stack.length === this.#depth) {
          this.#take(text.slice(from, i + 1));
          this.#finish();
          from = text.length;
        }
      } else if (unit === ',') this.#key = '';
    }
    if (this.#depth >= 0) this.#take(text.slice(from));
  }

  #begins(unit: string): boolean {
    const parent = this.#stack.at(-1);
    return unit === '{' && this.#depth < 0 && parent?.bracket === '[' && this.#keys.has(parent.key);
  }

  /** Strings of objects that are taken are parsed later: only the keys on the way are gathered. */
  #within(unit: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (unit === '\\') this.#escaped = true;
    else if (unit === '"') this.#inString = false;
    else if (this.#depth < 0 && this.#string.length < 64) this.#string.push(unit);
  }

  #take(text: string): void {
    this.#length += text.length;
    if (this.#length > LARGEST_DOCUMENT) this.#taken = [];
    else this.#taken.push(text);
  }

  #finish(): void {
    this.#emit(this.#length > LARGEST_DOCUMENT ? null : this.#taken.join(''));
    this.#taken = [];
    this.#length = 0;
    this.#depth = -1;
  }
}
