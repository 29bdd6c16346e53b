import type { Database } from './database.ts';

/** Beyond them the memory starts anew. */
const MOST_REMEMBERED = 10_000;

/**
 * What was read, for as long as nobody has committed anything: never older than the database itself. Of a file that is written a hundred times a
 * second, each key is read a hundred times a second and not at every request. Nothing is remembered where the backend tells no version.
 */
export class RememberedReads<T> {
  readonly #db: Pick<Database, 'version'>;
  readonly #values = new Map<string, T>();
  #version: string | null = null;

  constructor(db: Pick<Database, 'version'>) {
    this.#db = db;
  }

  /** `null`, for what there is not, is never remembered: nobody fills the memory with guesses. */
  async read(key: string, readNow: () => Promise<T | null>): Promise<T | null> {
    // Asked before the read: what is committed between the two is in the value, and changes the version of the next call.
    const version = this.#db.version();
    if (version === null) return await readNow();
    if (version !== this.#version || this.#values.size >= MOST_REMEMBERED) this.#values.clear();
    this.#version = version;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = await readNow();
    if (value !== null && this.#version === version) this.#values.set(key, value);
    return value;
  }
}
