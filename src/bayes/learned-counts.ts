import { LineTable } from './line-table.ts';

type Label = 'legit' | 'spam';

/** Lines of one author that count for a feature and label, at the most: a flood of labels from one hand moves a weight no further. */
const AUTHOR_CAP = 64;
/**
 * So often may an author call spam what the base holds for a mark of honest lines (`samples/adapt.ts`): pairs of such a feature and a line.
 * Beyond, the cap falls with the third power. Fifty lines of each of eight campaigns come to 4,800 (a campaign says the same again and again,
 * and in words that the base knows little of), a hundred honest lines called spam to 17,800, a thousand to 157,000. A plain budget of
 * lines, 500 an author, let 2,209 of 55,709 honest lines fall and found 27 % of the eight campaigns instead of 100.
 */
const SPAM_BUDGET = 8_000;
/**
 * And so often call honest what it holds for a mark of spam. All 71 false alarms that the base has on 556,000 lines come to 5,200 pairs, 45 spam
 * lines of one hand to 3,700, a hundred to 7,400.
 */
const LEGIT_BUDGET = 3_000;

/**
 * Lines of each label that hold a feature, by author, of the few features that samples have. Adding is learning, subtracting is exact
 * un-learning, and neither order nor what was taken back leaves a trace.
 */
export class LearnedCounts {
  readonly #authors = new Map<string, AuthorCounts>();

  /** Counts a line `times` over; `ids` must be distinct (`distinct.ts`). */
  add(ids: Uint32Array, length: number, label: Label, author: string, times: number): void {
    let counts = this.#authors.get(author);
    if (counts === undefined) this.#authors.set(author, (counts = { legit: new LineTable(), spam: new LineTable() }));
    const table = counts[label];
    for (let j = 0; j < length; j++) table.add(ids[j], times, times - 1);
  }

  /** Takes a line back that was added before. Throws a RangeError, and changes nothing, where that line cannot have been added. */
  subtract(ids: Uint32Array, length: number, label: Label, author: string, times: number): void {
    const table = this.#authors.get(author)?.[label];
    for (let j = 0; j < length; j++) if (table === undefined || table.get(ids[j]) < times) throw notAdded(label);
    for (let j = 0; j < length; j++) table?.add(ids[j], -times, 1 - times);
  }

  /** Everything as plain figures, in the order of authors and features: the same counts give the same figures. */
  entries(): AuthorFigures[] {
    return [...this.#authors]
      .map(([author, { legit, spam }]) => ({ author, legit: inOrder(legit), spam: inOrder(spam) }))
      .filter(({ legit, spam }) => legit.length + spam.length > 0)
      .sort((a, b) => (a.author < b.author ? -1 : 1));
  }

  /** Counts from such figures. */
  static from(entries: readonly AuthorFigures[]): LearnedCounts {
    const counts = new LearnedCounts();
    for (const { author, legit, spam } of entries)
      counts.#authors.set(author, { legit: tableOf(legit), spam: tableOf(spam) });
    return counts;
  }

  /**
   * Calls `visit` once for each feature that a sample has, in no order, with the lines of both labels that count. `markOf` says which
   * label the base holds a feature for a mark of, if any.
   */
  forEach(markOf: (id: number) => Label | null, visit: (id: number, legit: number, spam: number) => void): void {
    const legit = new LineTable();
    const spam = new LineTable();
    for (const counts of this.#authors.values()) {
      const cap = capOf(counts, markOf);
      addCapped(counts.legit, legit, cap);
      addCapped(counts.spam, spam, cap);
    }
    legit.forEach((id, lines) => visit(id, lines, spam.get(id)));
    spam.forEach((id, lines) => {
      if (legit.get(id) === 0) visit(id, 0, lines);
    });
  }
}

/** Features with their lines, and those of them that samples count as beyond one: what the base does not say itself. By feature id. */
export type FeatureLines = readonly (readonly [id: number, lines: number, beyond: number])[];

export interface AuthorFigures {
  readonly author: string;
  readonly legit: FeatureLines;
  readonly spam: FeatureLines;
}

type AuthorCounts = Readonly<Record<Label, LineTable>>;

/** Lines of an author that count for a feature: none of one who is four times over his budget. O(features). */
function capOf({ legit, spam }: AuthorCounts, markOf: (id: number) => Label | null): number {
  const spent = marked(legit, 'spam', markOf) / LEGIT_BUDGET + marked(spam, 'legit', markOf) / SPAM_BUDGET;
  const over = Math.max(1, spent);
  return Math.max(0, Math.floor(AUTHOR_CAP / (over * over * over)));
}

/** Pairs of feature and line beyond, among features of one mark. */
function marked(lines: LineTable, mark: Label, markOf: (id: number) => Label | null): number {
  let pairs = 0;
  lines.forEach((id, _lines, beyond) => {
    if (beyond > 0 && markOf(id) === mark) pairs += Math.min(AUTHOR_CAP, beyond);
  });
  return pairs;
}

function tableOf(lines: FeatureLines): LineTable {
  const table = new LineTable();
  for (const [id, count, beyond] of lines) table.add(id, count, beyond);
  return table;
}

function inOrder(lines: LineTable): FeatureLines {
  return [...lines].sort(([a], [b]) => a - b);
}

function addCapped(from: LineTable, to: LineTable, cap: number): void {
  from.forEach((id, lines) => to.add(id, Math.min(cap, lines)));
}

function notAdded(label: string): RangeError {
  return new RangeError(`cannot subtract a ${label} sample that was never added; withdraw only what was learned`);
}
