import { unitClass, UNIT_OTHER } from '../text/unit.ts';
import { COST_LIST, endsSentence, type BoundaryCosts } from './boundary.ts';

/**
 * List coherence: phrases joined by one separator are one unit. Keyword lists hold phrases that look innocent alone; seen
 * one by one they would break the span at every separator.
 */

/** A phrase of a line: folded units `from..to`, its evidence, and the separator that follows it. */
interface Phrase {
  from: number;
  to: number;
  sum: number;
  /** Names the marks between this phrase and the next; 0 where they make no list. */
  separator: number;
}

/** Longest phrase of a list: the longest seen had 21 characters (facts on 68 pages); film titles run to twice that. */
const LONGEST_PHRASE = 40;
/** Marks of its own that a phrase of a list may have, an address or a price. Not swept. */
const MOST_ODD_MARKS = 2;
/** One phrase counts at most this much for or against its list, in natural-log odds: a vote, not a weight. */
const VOTE = 2;
const FEWEST_PHRASES = 3;
/**
 * What a phrase at the end of a list may have against it, natural-log odds, to be taken for one: more is a sentence. Of 3, 5, 8
 * and none, 8 kept the recall and took the most honest characters out of spans (tuning lines).
 */
const MOST_AGAINST = 8;
/** What is left of a listed phrase's evidence against. */
const AGAINST = 0.5;
/** A list is spam as a whole where at least this share of its phrases is. */
const MAJORITY = 0.6;

const BLANK = 0x20;
const COLON = 0x3a;
const LATIN_I = 0x69;
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;

/** Raises the evidence of innocent phrases within spam lists and the cost of changing state there, in place. */
export function cohere(units: Uint16Array, length: number, evidence: Float32Array, costs: BoundaryCosts): void {
  const phrases = withoutOddMarks(phrasesOf(units, length, evidence));
  let first = 0;
  while (first < phrases.length) {
    const last = endOfRun(phrases, first);
    if (last - first + 1 >= FEWEST_PHRASES) cohereRun(phrases, first, last, { units, length, evidence, costs });
    first = Math.max(last, first + 1);
  }
}

interface Line {
  readonly units: Uint16Array;
  readonly length: number;
  readonly evidence: Float32Array;
  readonly costs: BoundaryCosts;
}

function phrasesOf(units: Uint16Array, length: number, evidence: Float32Array): Phrase[] {
  const phrases: Phrase[] = [];
  let k = 0;
  while (k < length) {
    while (k < length && separates(units, k, length)) k++;
    const phrase: Phrase = { from: k, to: k, sum: 0, separator: 0 };
    for (; k < length && !separates(units, k, length); k++) phrase.sum += evidence[k];
    phrase.to = k;
    phrase.separator = separatorAt(units, k, length);
    if (phrase.to > phrase.from) phrases.push(phrase);
  }
  return phrases;
}

/**
 * The phrases with those joined that a mark of their own parts: in `a_b.c_d_e` it is `b.c` that is listed. So is a first or last phrase
 * where two separators on its other side agree, and nothing in it is a sentence.
 */
function withoutOddMarks(phrases: readonly Phrase[]): Phrase[] {
  const whole: Phrase[] = [];
  for (let i = 0; i < phrases.length;) {
    const last = endOfListed(phrases, i, whole);
    whole.push(last === i ? phrases[i] : joined(phrases.slice(i, last + 1)));
    i = last + 1;
  }
  return whole;
}

/** The last of the pieces of the listed phrase that begins with piece `i`: `i` itself where no separator says otherwise. */
function endOfListed(phrases: readonly Phrase[], i: number, before: readonly Phrase[]): number {
  const separator = before.at(-1)?.separator ?? 0;
  const isFirst = separator === 0;
  let j = i;
  while (isFirst ? !opensList(phrases, j) : phrases[j].separator !== separator) {
    if (j - i < MOST_ODD_MARKS && goesOn(phrases, j) && phrases[j + 1].to - phrases[i].from <= LONGEST_PHRASE) j++;
    else return !isFirst && endsList(phrases[j], separator, before) && areTerms(phrases, i, j) ? j : i;
  }
  return isFirst && !areTerms(phrases, i, j) ? i : j;
}

/** The separator behind a phrase is that of a list: it stands behind the next one too. */
function opensList(phrases: readonly Phrase[], j: number): boolean {
  return phrases[j].separator !== 0 && phrases[j].separator === phrases[j + 1]?.separator;
}

function endsList(last: Phrase, separator: number, before: readonly Phrase[]): boolean {
  return last.separator === 0 && separator === before.at(-2)?.separator;
}

/** One mark stands between a piece and the next, no blank and no colon, which announces. */
function goesOn(phrases: readonly Phrase[], j: number): boolean {
  const { to, separator } = phrases[j];
  return separator !== 0 && separator !== BLANK && separator !== COLON && phrases[j + 1]?.from === to + 1;
}

/** None of the pieces is a sentence. */
function areTerms(phrases: readonly Phrase[], from: number, to: number): boolean {
  for (let j = from; j <= to; j++) if (phrases[j].sum < -MOST_AGAINST) return false;
  return true;
}

function joined(pieces: readonly Phrase[]): Phrase {
  const last = pieces[pieces.length - 1];
  return { ...last, from: pieces[0].from, sum: pieces.reduce((sum, piece) => sum + piece.sum, 0) };
}

/** A mark; a blank unless spaced words or hangul stand on both sides; a lone capital I, which stands in for a bar. */
function separates(units: Uint16Array, k: number, length: number): boolean {
  const unit = units[k];
  if (unit === BLANK) return !(isWordBeside(units, k - 1, length) && isWordBeside(units, k + 1, length));
  if (unitClass[unit] === UNIT_OTHER) return true;
  return unit === LATIN_I && !isSpaced(units, k - 1, length) && !isSpaced(units, k + 1, length);
}

function isSpaced(units: Uint16Array, k: number, length: number): boolean {
  return k >= 0 && k < length && (unitClass[units[k]] & 1) === 1;
}

function isWordBeside(units: Uint16Array, k: number, length: number): boolean {
  return isSpaced(units, k, length) || (k >= 0 && k < length && units[k] >= HANGUL_FIRST && units[k] <= HANGUL_LAST);
}

/** The last of the marks from `k` on, a blank only where there is nothing else: a phrase may end with a mark, `a*_b_c`. 0 after a sentence end or at the line end. */
function separatorAt(units: Uint16Array, k: number, length: number): number {
  let name = 0;
  let at = k;
  for (; at < length && at - k < 4 && separates(units, at, length); at++) {
    if (endsSentence(units[at])) return 0;
    if (units[at] !== BLANK) name = units[at];
  }
  if (at >= length || at === k) return 0;
  return name === 0 ? BLANK : name;
}

/** Last phrase of the run that starts at `first`: phrases of list length, the same separator between each two. */
function endOfRun(phrases: readonly Phrase[], first: number): number {
  const separator = phrases[first].separator;
  let last = first;
  if (separator === 0) return last;
  while (last + 1 < phrases.length && phrases[last].separator === separator) {
    last++;
    if (phrases[last].to - phrases[last].from > LONGEST_PHRASE) break;
  }
  return last;
}

function cohereRun(phrases: readonly Phrase[], first: number, last: number, line: Line): void {
  const spam = bestVotes(phrases, first, last);
  if (spam === null) return;
  const share = countSpam(phrases, spam.first, spam.last) / (last - first + 1);
  const most = share >= MAJORITY;
  const from = most && standsAlone(phrases[first], line) ? firstPlausible(phrases, first, spam.first) : spam.first;
  const to = most && endsAlone(phrases[last], line) ? lastPlausible(phrases, last, spam.last) : spam.last;
  if (to - from + 1 < FEWEST_PHRASES) return;
  for (let j = from; j <= to; j++) {
    const inner =
      (j > from || isWhole(phrases[j], standsAlone, line)) && (j < to || isWhole(phrases[j], endsAlone, line));
    if (inner) pardon(phrases[j], line.evidence);
    if (inner) hold(line.costs, phrases[j].from + 1, phrases[j].to);
    if (j < to) hold(line.costs, phrases[j].to, phrases[j + 1].from + 1);
  }
}

/** Makes it cost no less than within a list to change state before units `from` to `to`. */
function hold({ enter, leave }: BoundaryCosts, from: number, to: number): void {
  for (let k = from; k < to; k++) {
    enter[k] = Math.max(enter[k], COST_LIST);
    leave[k] = Math.max(leave[k], COST_LIST);
  }
}

/** The stretch of phrases with the most votes (Kadane), `null` where it has no two spam phrases. */
function bestVotes(phrases: readonly Phrase[], first: number, last: number): { first: number; last: number } | null {
  let [best, sum, from] = [0, 0, first];
  let found: { first: number; last: number } | null = null;
  for (let j = first; j <= last; j++) {
    if (sum <= 0) [sum, from] = [0, j];
    sum += Math.max(-VOTE, Math.min(VOTE, phrases[j].sum));
    if (sum > best) [best, found] = [sum, { first: from, last: j }];
  }
  return found !== null && countSpam(phrases, found.first, found.last) >= 2 ? found : null;
}

function countSpam(phrases: readonly Phrase[], first: number, last: number): number {
  let count = 0;
  for (let j = first; j <= last; j++) if (phrases[j].sum > 0) count++;
  return count;
}

/** A phrase at the end of a list that nothing honest is glued to. */
function isWhole(phrase: Phrase, alone: (phrase: Phrase, line: Line) => boolean, line: Line): boolean {
  return alone(phrase, line) && isPlausible(phrase);
}

/** From `first` on, the first phrase that no sentence could be: what stands before it may be the end of an honest text. */
function firstPlausible(phrases: readonly Phrase[], first: number, spam: number): number {
  for (let j = spam; j > first; j--) if (!isPlausible(phrases[j - 1])) return j;
  return first;
}

function lastPlausible(phrases: readonly Phrase[], last: number, spam: number): number {
  for (let j = spam; j < last; j++) if (!isPlausible(phrases[j + 1])) return j;
  return last;
}

function isPlausible({ from, to, sum }: Phrase): boolean {
  return to - from <= LONGEST_PHRASE && sum >= -MOST_AGAINST;
}

/** A first phrase that begins with the line or after a sentence end or blank is a phrase; elsewhere it may be a glued sentence. */
function standsAlone(phrase: Phrase, line: Line): boolean {
  const before = phrase.from - 1;
  return before < 0 || endsSentence(line.units[before]) || line.units[before] === BLANK;
}

function endsAlone(phrase: Phrase, line: Line): boolean {
  return phrase.to >= line.length || endsSentence(line.units[phrase.to]) || line.units[phrase.to] === BLANK;
}

/** Scales the evidence of a phrase so that no more than `AGAINST` of it speaks against spam. */
function pardon(phrase: Phrase, evidence: Float32Array): void {
  if (phrase.sum >= -AGAINST) return;
  const scale = AGAINST / -phrase.sum;
  for (let k = phrase.from; k < phrase.to; k++) evidence[k] *= scale;
  phrase.sum = -AGAINST;
}
