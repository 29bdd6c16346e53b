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
  readonly counts = new LearnedCounts();
  readonly #held = new Map<string, LearnedSample>();
  readonly #line = new SampleLine();

  get size(): number {
    return this.#held.size;
  }

  /** Learns a sample; one with the same id is taken back first. */
  learn(sample: LearnedSample): void {
    this.forget(sample.id);
    const { text, label, author, influence } = sample;
    this.#line.forEach(text, (ids, length) => this.counts.add(ids, length, label, author, influence));
    this.#held.set(sample.id, sample);
  }

  /** Takes a sample back; false where it was not learned. */
  forget(id: string): boolean {
    const held = this.#held.get(id);
    if (held === undefined) return false;
    const { text, label, author, influence } = held;
    this.#line.forEach(text, (ids, length) => this.counts.subtract(ids, length, label, author, influence));
    return this.#held.delete(id);
  }
}
