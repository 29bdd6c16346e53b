import { listTerms, TermList, type KnownTerms } from '../bayes/known-terms.ts';
import { FoldedLine } from '../text/fold.ts';
import { linesOf } from '../text/lines.ts';
import { unitClass } from '../text/unit.ts';

/** Of fewer terms a share says nothing. */
export const LEAST_TERMS = 4;

/** Says how much of a line is made of terms that the background does not hold. */
export class Novelty {
  readonly #known: KnownTerms;
  readonly #folded = new FoldedLine();
  readonly #terms = new TermList();

  constructor(known: KnownTerms) {
    this.#known = known;
  }

  /** The share of unseen terms in each line of the text, 0 to 1; lines of fewer than `LEAST_TERMS` terms are left out. About 10 ns a unit. */
  sharesOf(text: string): number[] {
    const shares: number[] = [];
    for (const { start, end } of linesOf(text)) {
      const { terms, unseen } = this.#read(text, start, end);
      if (terms >= LEAST_TERMS) shares.push(unseen / terms);
    }
    return shares;
  }

  /** The share of unseen terms in the whole text; 0 where it has fewer than `LEAST_TERMS` terms. */
  shareOf(text: string): number {
    let [terms, unseen] = [0, 0];
    for (const { start, end } of linesOf(text)) {
      const line = this.#read(text, start, end);
      terms += line.terms;
      unseen += line.unseen;
    }
    return terms >= LEAST_TERMS ? unseen / terms : 0;
  }

  #read(text: string, start: number, end: number): { terms: number; unseen: number } {
    this.#folded.fold(text, start, end);
    listTerms(this.#folded.units, this.#folded.length, unitClass, this.#terms);
    let unseen = 0;
    for (let j = 0; j < this.#terms.length; j++) if (!this.#known.has(this.#terms.hashes[j])) unseen++;
    return { terms: this.#terms.length, unseen };
  }
}
