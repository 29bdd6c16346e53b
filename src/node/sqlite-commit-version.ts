import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Tells whether anybody has committed. SQLite is asked once a turn of the event loop, as that takes the locks of a read (6 to 36 µs). It is asked for
 * requests, while the loop hands out what it found waiting: all of that had been sent before, so that none of it comes after a commit that the answer
 * does not know.
 */
export class CommitVersion {
  readonly #others: StatementSync;
  #own = 0;
  #ofTurn: string | null = null;

  constructor(database: DatabaseSync) {
    // Changes with what other connections commit, that of the thread that writes among them.
    this.#others = database.prepare('PRAGMA data_version');
  }

  /** Another string than before where something was committed since. Throws what SQLite says. */
  read(): string {
    if (this.#ofTurn !== null) return this.#ofTurn;
    const version = `${String(this.#others.get()?.['data_version'])} ${this.#own}`;
    this.#ofTurn = version;
    setImmediate(() => (this.#ofTurn = null));
    return version;
  }

  /** To be called when this store has committed. */
  change(): void {
    this.#own++;
    this.#ofTurn = null;
  }
}
