import { LineTable } from './line-table.ts';

/** Lines of one author that count for a feature and label, at the most: a flood of labels from one hand moves a weight no further. */
const AUTHOR_CAP = 64;
/**
 * Lines beyond one that an author's samples may count as in all; with more, the cap falls in proportion. Labels that the base half
 * agrees with use little of it, a thousand honest lines called spam use it up twentyfold. Honest lines that those bring besides: of
 * 55,709 at large 3,902 without a budget, 36 with 4,000, none with 1,000; of 225 hard negatives of the very same kinds 58 with 1,000,
 * none with this (`npm run -s eval:samples`, `tests/samples`).
 */
const AUTHOR_BUDGET = 500;

/**
 * Lines of each label that hold a feature, by author, of the few features that samples have. Adding is learning, subtracting is exact
 * un-learning, and neither order nor what was taken back leaves a trace.
 */
export class LearnedCounts {
  readonly #authors = new Map<string, AuthorCounts>();

  /** Counts a line `times` over; `ids` must be distinct (`distinct.ts`). */
  add(ids: Uint32Array, length: number, label: 'legit' | 'spam', author: string, times: number): void {
    let counts = this.#authors.get(author);
    if (counts === undefined)
      this.#authors.set(author, (counts = { legit: new LineTable(), spam: new LineTable(), surprise: 0 }));
    counts.surprise += times - 1;
    const of = counts[label];
    for (let j = 0; j < length; j++) of.add(ids[j], times);
  }

  /** Takes a line back that was added before. Throws a RangeError, and changes nothing, where that line cannot have been added. */
  subtract(ids: Uint32Array, length: number, label: 'legit' | 'spam', author: string, times: number): void {
    const counts = this.#authors.get(author);
    const of = counts?.[label];
    for (let j = 0; j < length; j++) if (of === undefined || of.get(ids[j]) < times) throw notAdded(label);
    if (counts === undefined || of === undefined) return;
    counts.surprise -= times - 1;
    for (let j = 0; j < length; j++) of.add(ids[j], -times);
  }

  /** Everything as plain figures, in the order of authors and features: the same counts give the same figures. */
  entries(): AuthorFigures[] {
    return [...this.#authors]
      .map(([author, { legit, spam, surprise }]) => ({ author, surprise, legit: inOrder(legit), spam: inOrder(spam) }))
      .filter(({ legit, spam }) => legit.length + spam.length > 0)
      .sort((a, b) => (a.author < b.author ? -1 : 1));
  }

  /** Counts from such figures. */
  static from(entries: readonly AuthorFigures[]): LearnedCounts {
    const counts = new LearnedCounts();
    for (const { author, surprise, legit, spam } of entries)
      counts.#authors.set(author, { legit: tableOf(legit), spam: tableOf(spam), surprise });
    return counts;
  }

  /** Calls `visit` once for each feature that a sample has, in no order, with the lines of both labels that count. */
  forEach(visit: (id: number, legit: number, spam: number) => void): void {
    const legit = new LineTable();
    const spam = new LineTable();
    for (const counts of this.#authors.values()) {
      const cap = Math.max(1, Math.floor(AUTHOR_CAP * Math.min(1, AUTHOR_BUDGET / counts.surprise)));
      addCapped(counts.legit, legit, cap);
      addCapped(counts.spam, spam, cap);
    }
    for (const [id, lines] of legit) visit(id, lines, spam.get(id));
    for (const [id, lines] of spam) if (legit.get(id) === 0) visit(id, 0, lines);
  }
}

/** Pairs of feature id and lines, by feature id. */
export type FeatureLines = readonly (readonly [id: number, lines: number])[];

export interface AuthorFigures {
  readonly author: string;
  readonly surprise: number;
  readonly legit: FeatureLines;
  readonly spam: FeatureLines;
}

interface AuthorCounts {
  readonly legit: LineTable;
  readonly spam: LineTable;
  /** Lines beyond one that the author's samples count as: how far they are from what the base says. */
  surprise: number;
}

function tableOf(lines: FeatureLines): LineTable {
  const table = new LineTable();
  for (const [id, count] of lines) table.add(id, count);
  return table;
}

function inOrder(lines: LineTable): FeatureLines {
  return [...lines].sort(([a], [b]) => a - b);
}

function addCapped(from: LineTable, to: LineTable, cap: number): void {
  for (const [id, lines] of from) to.add(id, Math.min(cap, lines));
}

function notAdded(label: string): RangeError {
  return new RangeError(`cannot subtract a ${label} sample that was never added; withdraw only what was learned`);
}
