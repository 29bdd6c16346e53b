import { Counts } from '../bayes/counts.ts';
import { Distinct } from '../bayes/distinct.ts';
import { BUCKETS, FeatureList, listFeatures } from '../bayes/features.ts';
import { FoldedLine } from '../text/fold.ts';
import { unitClass } from '../text/unit.ts';

/** Counts lines as naive Bayes does: each feature of a line once. */
export class LineCounter {
  readonly counts = new Counts(BUCKETS);
  readonly #folded = new FoldedLine();
  readonly #features = new FeatureList();
  readonly #distinct = new Distinct(BUCKETS);

  add(text: string, label: 'legit' | 'spam'): void {
    this.counts.add(this.#features.ids, this.#read(text), label);
  }

  /** Takes a line back. Throws a RangeError for one that was never added. */
  subtract(text: string, label: 'legit' | 'spam'): void {
    this.counts.subtract(this.#features.ids, this.#read(text), label);
  }

  /** Leaves the distinct features of a line in `#features.ids`; returns their number. */
  #read(text: string): number {
    this.#folded.fold(text, 0, text.length);
    listFeatures(this.#folded.units, this.#folded.length, unitClass, this.#features);
    return this.#distinct.keep(this.#features.ids, this.#features.length);
  }
}
