/**
 * Presence, not occurrences: leaves each id once in `ids[0..length)`, in the order of first sight. A stamp per feature says in
 * which call it was last seen, so that a call costs one pass and no sorting.
 */
export class Distinct {
  readonly #stamps: Uint32Array;
  #call = 0;

  /** `features`: ids are below this. */
  constructor(features: number) {
    this.#stamps = new Uint32Array(features);
  }

  /** Returns how many distinct ids there are. */
  keep(ids: Uint32Array, length: number): number {
    if (++this.#call === 2 ** 32) {
      this.#stamps.fill(0);
      this.#call = 1;
    }
    let kept = 0;
    for (let j = 0; j < length; j++) {
      const id = ids[j];
      if (this.#stamps[id] === this.#call) continue;
      this.#stamps[id] = this.#call;
      ids[kept++] = id;
    }
    return kept;
  }
}
