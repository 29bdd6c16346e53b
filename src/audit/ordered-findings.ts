import { repeatedWeight } from './finding.ts';

/** Open findings come before all others, whatever their weights. */
const OPEN_FIRST = 10_000;

/**
 * Which findings a report has room for: the open ones first, then by log-odds and by how many pages have the same line.
 * Memory: a number a finding, until it is asked.
 */
export class OrderedFindings {
  readonly #weights: number[] = [];

  /** In the order of the findings. Boilerplate is left out. */
  add(logOdds: number, { pages, boilerplate, open }: { pages: number; boilerplate: boolean; open: boolean }): void {
    const weight = logOdds + repeatedWeight({ pages, boilerplate }) + (open ? OPEN_FIRST : 0);
    this.#weights.push(boilerplate ? Number.NEGATIVE_INFINITY : weight);
  }

  /** The numbers of the `most` first findings, each with its place in their order. */
  first(most: number): ReadonlyMap<number, number> {
    const numbers = this.#weights
      .map((_, number) => number)
      .filter((number) => this.#weights[number] > Number.NEGATIVE_INFINITY);
    numbers.sort((a, b) => this.#weights[b] - this.#weights[a] || a - b);
    return new Map(numbers.slice(0, most).map((number, order) => [number, order]));
  }
}
