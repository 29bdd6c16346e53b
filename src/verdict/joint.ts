import { bigramId, BOUNDARY, extend, trigramId } from '../bayes/features.ts';
import { STEPS_PER_NAT } from '../bayes/model.ts';
import { isWordUnit, unitClass, UNIT_UNSPACED } from '../text/unit.ts';
import { COST_SENTENCE, endsSentence, type BoundaryCosts } from './boundary.ts';

/**
 * Where an injection begins that was glued to a sentence. Segmentation weighs a stretch with the n-grams that cross its ends, and enters where
 * it is cheap: at the last blank or sentence end, the last words of the article taken along. Here the places around are weighed as if what
 * stands before them were not there. It moves the start of what was found; whether anything is found stays as it was.
 */

// Swept one by one on 30,000 documents of trainable lines with a list of tuning phrases at the tail.
/** How far the start may move, in folded units: a file name, a remark in brackets. */
const FARTHEST = 40;
/** What another place has to be better by, natural-log odds: behind a mark or in a word, at a blank before Han, at a sentence end. */
const STAYS = 1;
const STAYS_AT_BLANK = 3;
const STAYS_AT_SENTENCE = 5;
/** A bracket that closes between the start and a place was opened before: the start is within what it holds. */
const BEHIND_BRACKET = 5;
/** A list has no sentence in it: behind the end of one, unless that is spam itself, stands a better start. */
const BEHIND_SENTENCE = 3;
const MOST_BEFORE_SENTENCE = 4;
const BLANK = 0x20;
const FULL_STOP = 0x2e;
const COLON = 0x3a;
const OPENERS = unitsOf('([{「『《【〈<');
const CLOSERS = unitsOf(')]}」』》】〉>');
/** Marks that a list is not joined with: what stands behind them may be glued to what stands before. */
const NO_SEPARATOR = new Set([...CLOSERS, ...unitsOf('"\'.:')]);

/** A line with what speaks for each of its units before lists were looked at. */
export interface JointLine {
  readonly units: Uint16Array;
  readonly length: number;
  /** Natural-log odds. */
  readonly evidence: Float32Array;
  readonly costs: BoundaryCosts;
  /** `EvidenceTable.ngrams`. */
  readonly ngrams: Int8Array;
}

/** The best start of a stretch that was found at `start..end`, within its first phrase or before it in the same word. */
export function startOf(line: JointLine, start: number, end: number): number {
  if (start === 0) return 0;
  const found = { at: start, score: scoreAt(line, start) + stays(line, start) };
  lookAhead(line, start, end, found);
  lookBack(line, start, found);
  return found.at;
}

interface Place {
  at: number;
  score: number;
}

function better(found: Place, at: number, score: number): void {
  if (score > found.score) [found.at, found.score] = [at, score];
}

function lookAhead(line: JointLine, start: number, end: number, found: Place): void {
  const { units, evidence } = line;
  let sum = 0;
  let open = 0;
  let [unspaced, sentence] = [false, false];
  for (let k = start + 1; k < end && k - start <= FARTHEST; k++) {
    const before = units[k - 1];
    if (unitClass[before] === UNIT_UNSPACED) unspaced = true;
    // The parts of a file name are no phrases.
    if (unspaced && separates(units, k - 1)) return;
    sum += evidence[k - 1];
    if (OPENERS.has(before)) open++;
    if (CLOSERS.has(before)) open--;
    if (isSentenceEnd(units, k - 1)) sentence = true;
    if (!mayBegin(units, k)) continue;
    const behind = (open < 0 ? BEHIND_BRACKET : 0) + (sentence && sum < MOST_BEFORE_SENTENCE ? BEHIND_SENTENCE : 0);
    better(found, k, scoreAt(line, k) - sum + behind);
  }
}

/** The first characters of a phrase may speak for nothing. */
function lookBack(line: JointLine, start: number, found: Place): void {
  let sum = 0;
  for (let k = start - 1; k > 0 && start - k <= FARTHEST && isWordUnit(line.units[k]); k--) {
    sum += line.evidence[k];
    if (unitClass[line.units[k]] === UNIT_UNSPACED) better(found, k, scoreAt(line, k) + sum);
  }
}

function stays({ units, costs }: JointLine, start: number): number {
  if (costs.enter[start] <= COST_SENTENCE) return STAYS_AT_SENTENCE;
  const beforeHan = unitClass[units[start]] === UNIT_UNSPACED && units[start - 1] === BLANK;
  return beforeHan && !isSpacedAt(units, start - 2) ? STAYS_AT_BLANK : STAYS;
}

/** Entering at `k`, with the n-grams of a beginning instead of those that cross it. */
function scoreAt({ units, length, costs, ngrams }: JointLine, k: number): number {
  const before = unitAt(units, length, k - 1);
  if (before === BOUNDARY) return -costs.enter[k];
  const weigh = (id: number): number => ngrams[id] & ~1;
  const unit = unitAt(units, length, k);
  const after = unitAt(units, length, k + 1);
  const crossing = extend(before, unit);
  const fresh = extend(BOUNDARY, unit);
  let steps = weigh(bigramId(fresh)) - weigh(bigramId(crossing));
  steps -= weigh(trigramId(extend(extend(unitAt(units, length, k - 2), before), unit)));
  if (after !== BOUNDARY) steps += weigh(trigramId(extend(fresh, after))) - weigh(trigramId(extend(crossing, after)));
  return steps / STEPS_PER_NAT - costs.enter[k];
}

function unitAt(units: Uint16Array, length: number, k: number): number {
  return k >= 0 && k < length && isWordUnit(units[k]) ? units[k] : BOUNDARY;
}

/** An injection begins with a word; words of spaced scripts are not cut. */
function mayBegin(units: Uint16Array, k: number): boolean {
  return isWordUnit(units[k]) && !(isSpacedAt(units, k) && isSpacedAt(units, k - 1));
}

/** A mark that phrases of a list are joined with; a blank is one unless a spaced word of two letters or more stands beside it. */
function separates(units: Uint16Array, k: number): boolean {
  if (isWordUnit(units[k]) || endsSentence(units[k]) || NO_SEPARATOR.has(units[k])) return false;
  if (units[k] !== BLANK) return true;
  return !(
    (isSpacedAt(units, k - 1) && isSpacedAt(units, k - 2)) ||
    (isSpacedAt(units, k + 1) && isSpacedAt(units, k + 2))
  );
}

function isSentenceEnd(units: Uint16Array, k: number): boolean {
  if (units[k] === FULL_STOP) return units[k - 1] === FULL_STOP || units[k + 1] === BLANK;
  return units[k] === COLON || endsSentence(units[k]);
}

function isSpacedAt(units: Uint16Array, k: number): boolean {
  return k >= 0 && (unitClass[units[k]] & 1) === 1;
}

function unitsOf(marks: string): ReadonlySet<number> {
  return new Set([...marks].map((mark) => mark.charCodeAt(0)));
}
