import { LearnedCounts } from '../bayes/learned-counts.ts';
import { SampleLine } from './sample-line.ts';

/** What learning asks of a sample. */
export interface LearnedSample {
  readonly id: string;
  readonly text: string;
  readonly label: 'legit' | 'spam';
  readonly author: string;
  /** Lines that each of its lines counts as (`influence.ts`). */
  readonly influence: number;
}

/**
 * Learns samples and takes them back, one at a time or a hundred thousand. What it holds depends on the set of samples alone: learning
 * one twice counts once, and a sample that is taken back leaves no trace. About 30 µs a line.
 */
export class Learner {
  readonly counts: LearnedCounts;
  readonly #ids: Set<string>;
  readonly #line = new SampleLine();

  /** Goes on from counts and the ids of the samples in them, which it then owns. */
  constructor(counts = new LearnedCounts(), ids: Iterable<string> = []) {
    this.counts = counts;
    this.#ids = new Set(ids);
  }

  /** Ids of what it has learned. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  /** Learns a sample; false where it has it already. */
  learn({ id, text, label, author, influence }: LearnedSample): boolean {
    if (this.#ids.has(id)) return false;
    this.#line.forEach(text, (ids, length) => this.counts.add(ids, length, label, author, influence));
    this.#ids.add(id);
    return true;
  }

  /** Takes a sample back, as it was learned; false where it was not. */
  forget({ id, text, label, author, influence }: LearnedSample): boolean {
    if (!this.#ids.delete(id)) return false;
    this.#line.forEach(text, (ids, length) => this.counts.subtract(ids, length, label, author, influence));
    return true;
  }
}
