export type BaselineState = 'new' | 'unchanged';

/** The findings of an earlier run, by fingerprint: which of today's are new, and which are gone. */
export class Baseline {
  readonly #before: Set<string>;
  readonly #seen = new Set<string>();
  #new = 0;

  constructor(fingerprints: Iterable<string>) {
    this.#before = new Set(fingerprints);
  }

  /** Counts a finding. */
  stateOf(fingerprint: string): BaselineState {
    if (!this.#before.has(fingerprint)) {
      this.#new++;
      return 'new';
    }
    this.#seen.add(fingerprint);
    return 'unchanged';
  }

  counts(): { readonly new: number; readonly unchanged: number; readonly gone: number } {
    return { new: this.#new, unchanged: this.#seen.size, gone: this.#before.size - this.#seen.size };
  }
}
