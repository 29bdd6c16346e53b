import { bigramId, BOUNDARY, BUCKETS, extend, SHORTEST_WORD, trigramId, unigramId, wordId } from '../bayes/features.ts';
import { unitClass } from '../text/unit.ts';
import { DRIFT_STEPS } from './drift.ts';

/**
 * The model laid out for one look-up an n-gram: by feature id the weight, doubled, plus 1 where a literal of the rules may
 * start with that n-gram; and the weight of each single unit. 640 kB.
 */
export interface EvidenceTable {
  readonly ngrams: Int16Array;
  readonly singles: Int16Array;
}

/** Joins the weights of a model with the first units of every literal of the rules (`prefixes`: two or three units each). */
export function buildEvidenceTable(weights: Int8Array, prefixes: Iterable<readonly number[]>): EvidenceTable {
  const ngrams = new Int16Array(BUCKETS);
  for (let id = 0; id < BUCKETS; id++) ngrams[id] = weights[id] << 1;
  for (const prefix of prefixes) ngrams[prefixId(prefix)] |= 1;
  const singles = new Int16Array(65536);
  for (let unit = 0; unit < 65536; unit++) singles[unit] = weights[unigramId(unit)] - DRIFT_STEPS[unitClass[unit]];
  return { ngrams, singles };
}

/** The n-gram at whose end a literal is noticed: its first three units where all are word units, else its first two. */
function prefixId(prefix: readonly number[]): number {
  const [a = BOUNDARY, b = BOUNDARY, c = BOUNDARY] = prefix.map((unit) => (unitClass[unit] === 0 ? BOUNDARY : unit));
  if (a === BOUNDARY || b === BOUNDARY || c === BOUNDARY) return bigramId(extend(a, b));
  return trigramId(extend(extend(a, b), c));
}

/**
 * The evidence of one folded line, position by position, in steps of 1/20 natural-log odds, without rules. A buffer to be
 * used again for the next line.
 */
export class LineEvidence {
  values = new Int16Array(4096);
  /** Sum over the line, and over its best stretch: the most that any span of it can have. */
  total = 0;
  best = 0;
  /** Where a literal of the rules may start. */
  starts = new Int32Array(256);
  startCount = 0;

  /** Reads `units[0..length)`: one pass, three look-ups a unit. `listFeatures` names the same features one by one. */
  read(units: Uint16Array, length: number, table: EvidenceTable): void {
    if (this.values.length < length) this.values = new Int16Array(Math.max(length, 2 * this.values.length));
    const { ngrams, singles } = table;
    const values = this.values;
    let [first, pair] = [BOUNDARY, extend(BOUNDARY, BOUNDARY)];
    let [word, wordLength] = [0, 0];
    let [total, stretch, best] = [0, 0, 0];
    this.startCount = 0;
    for (let k = 0; k <= length; k++) {
      const unit = k < length ? units[k] : BOUNDARY;
      const kind = unitClass[unit];
      let value = 0;
      if ((kind & 1) === 0) {
        if (wordLength >= SHORTEST_WORD) value = ngrams[wordId(word)] >> 1;
        word = 0;
        wordLength = 0;
      } else {
        word = extend(word, unit);
        wordLength++;
      }
      if (kind === 0) {
        if (k < length) values[k] = 0;
        if (first === BOUNDARY) continue;
        const closing = extend(first, BOUNDARY);
        const two = ngrams[bigramId(closing)];
        const three = ngrams[trigramId(extend(pair, BOUNDARY))];
        value += (two >> 1) + (three >> 1);
        if ((two & 1) !== 0) this.#addStart(k - 1);
        values[k - 1] += value;
        first = BOUNDARY;
        pair = closing;
      } else {
        if (value !== 0) values[k - 1] += value;
        const opening = extend(first, unit);
        const two = ngrams[bigramId(opening)];
        let own = singles[unit] + (two >> 1);
        let flags = two & 1;
        if (first !== BOUNDARY) {
          const three = ngrams[trigramId(extend(pair, unit))];
          own += three >> 1;
          flags |= (three & 1) << 1;
        }
        if (flags !== 0) this.#addStart(flags > 1 ? k - 2 : k - 1);
        values[k] = own;
        value += own;
        first = unit;
        pair = opening;
      }
      total += value;
      stretch = stretch > 0 ? stretch + value : value;
      if (stretch > best) best = stretch;
    }
    this.total = total;
    this.best = best;
  }

  #addStart(position: number): void {
    if (this.startCount === this.starts.length) {
      const starts = new Int32Array(2 * this.startCount);
      starts.set(this.starts);
      this.starts = starts;
    }
    this.starts[this.startCount++] = position;
  }
}
