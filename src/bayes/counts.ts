/**
 * The sufficient statistics of naive Bayes: in how many lines of each label a feature occurs. Adding is learning,
 * subtracting is exact un-learning, and the order of lines leaves no trace.
 */
export class Counts {
  /** Lines of each label. */
  legitLines = 0;
  spamLines = 0;
  /** Lines that hold a feature, by feature id. */
  readonly legit: Uint32Array;
  readonly spam: Uint32Array;

  constructor(features: number) {
    this.legit = new Uint32Array(features);
    this.spam = new Uint32Array(features);
  }

  /** Counts one line; `ids` must be distinct (`distinct.ts`). */
  add(ids: Uint32Array, length: number, label: 'legit' | 'spam'): void {
    this.#change(ids, length, label, 1);
  }

  /** Takes one line back that was added before. Throws a RangeError where that line cannot have been added. */
  subtract(ids: Uint32Array, length: number, label: 'legit' | 'spam'): void {
    const of = label === 'spam' ? this.spam : this.legit;
    for (let j = 0; j < length; j++) if (of[ids[j]] === 0) throw notAdded(label);
    if ((label === 'spam' ? this.spamLines : this.legitLines) === 0) throw notAdded(label);
    this.#change(ids, length, label, -1);
  }

  /** Adds all of `other`. Throws a RangeError where the feature spaces differ. */
  addAll(other: Counts): void {
    if (other.legit.length !== this.legit.length) {
      throw new RangeError(`counts over ${other.legit.length} features cannot be added to ${this.legit.length}`);
    }
    for (let id = 0; id < this.legit.length; id++) {
      this.legit[id] += other.legit[id];
      this.spam[id] += other.spam[id];
    }
    this.legitLines += other.legitLines;
    this.spamLines += other.spamLines;
  }

  #change(ids: Uint32Array, length: number, label: 'legit' | 'spam', step: number): void {
    const of = label === 'spam' ? this.spam : this.legit;
    for (let j = 0; j < length; j++) of[ids[j]] += step;
    if (label === 'spam') this.spamLines += step;
    else this.legitLines += step;
  }
}

function notAdded(label: string): RangeError {
  return new RangeError(`cannot subtract a ${label} line that was never added; withdraw only what was counted`);
}
