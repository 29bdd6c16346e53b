import { isSpacedUnit } from '../text/unit.ts';
import type { AllowSpan, Hit, RuleHits } from './hits.ts';
import { indexOf, OWNER_PATTERN, OWNER_RULE, roleOf, type LiteralOwners } from './literal-owners.ts';
import type { Patterns } from './patterns.ts';
import type { Rule } from './rule.ts';

/** A rule weighs at most this often within `REACH` units: a table that says `三级` twenty times is still a table. */
const MOST_HITS = 3;
/** Twice the longest injected line that was seen (479 characters): hits in an article do not use up those of its tail. */
const REACH = 1024;

/** What a line is matched against; all indexed like the rules of the set. */
export interface Matchers {
  readonly rules: readonly Rule[];
  readonly patterns: Patterns;
  /** Longest literal of an allow-term, in folded units. */
  readonly longestAllow: number;
}

/** Folded units as a string. A lone surrogate, which folding never leaves, would become one U+FFFD: positions hold. */
const decoder = new TextDecoder('utf-16le', { fatal: false, ignoreBOM: true });

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Collects the hits of one line: literals as an automaton reports them, by their ends and longest first. */
export class MatchedLine {
  readonly #units: Uint16Array;
  readonly #length: number;
  readonly #matchers: Matchers;
  /** By rule; places of one rule never overlap and are in order. */
  readonly #places = new Map<number, Place[]>();
  readonly #allowed: AllowSpan[] = [];
  /** First position where a rule's pattern has not been tried: each is tried once. */
  readonly #untried = new Map<number, number>();
  #text: string | null = null;

  constructor(units: Uint16Array, length: number, matchers: Matchers) {
    this.#units = units;
    this.#length = length;
    this.#matchers = matchers;
  }

  add({ firsts, owners }: LiteralOwners, literal: number, start: number, end: number): void {
    const free = standsFree(this.#units, this.#length, start, end);
    for (let i = firsts[literal]; i < firsts[literal + 1]; i++) {
      const [role, index] = [roleOf(owners[i]), indexOf(owners[i])];
      if (role === OWNER_PATTERN) this.#tryPattern(index, start, end);
      else if (!free) continue;
      else if (role === OWNER_RULE) this.#place(index, start, end);
      else this.#allowed.push({ term: index, start, end });
    }
  }

  collect(found: RuleHits): void {
    // Those of a second automaton came after those of the first; the sort is stable.
    this.#allowed.sort((a, b) => a.end - b.end || a.start - b.start);
    found.allowed.push(...this.#allowed);
    for (const [rule, places] of this.#places) this.#weigh(rule, places, found.hits);
    found.hits.sort((a, b) => a.end - b.end || a.start - b.start || a.rule - b.rule);
  }

  /** Takes what counts of a rule's places; those that an allow-term covers are counted apart. */
  #weigh(rule: number, places: readonly Place[], hits: Hit[]): void {
    const { weight } = this.#matchers.rules[rule];
    const counted: [weighing: Place[], covered: Place[]] = [[], []];
    for (const place of places) {
      const allowedBy = this.#allowedBy(place);
      const before = counted[allowedBy < 0 ? 0 : 1];
      const nth = before.at(-MOST_HITS);
      if (before.length >= MOST_HITS && nth !== undefined && place.start - nth.start < REACH) continue;
      before.push(place);
      hits.push({ rule, start: place.start, end: place.end, weight, allowedBy });
    }
  }

  /** The allow-term that covers a place, -1 where none does. Binary search by ends, then as far as a term can reach. */
  #allowedBy({ start, end }: Place): number {
    let [low, high] = [0, this.#allowed.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#allowed[middle].end < end) low = middle + 1;
      else high = middle;
    }
    const last = start + this.#matchers.longestAllow;
    for (let i = low; i < this.#allowed.length && this.#allowed[i].end <= last; i++) {
      if (this.#allowed[i].start <= start) return i;
    }
    return -1;
  }

  /** Hits of one rule that overlap are one place: the longest, the first where equal. */
  #place(rule: number, start: number, end: number): void {
    const places = this.#places.get(rule) ?? [];
    let kept = places.length;
    for (; kept > 0 && places[kept - 1].end > start; kept--) {
      if (places[kept - 1].end - places[kept - 1].start >= end - start) return;
    }
    places.length = kept;
    places.push({ start, end });
    this.#places.set(rule, places);
  }

  #tryPattern(rule: number, start: number, end: number): void {
    const pattern = this.#matchers.patterns.get(rule);
    if (pattern === undefined) return;
    const first = Math.max(this.#untried.get(rule) ?? 0, end - pattern.longest, 0);
    for (let at = first; at <= start; at++) {
      pattern.regexp.lastIndex = at;
      if (!pattern.regexp.test(this.#string())) continue;
      const matchEnd = pattern.regexp.lastIndex;
      if (matchEnd >= end && standsFree(this.#units, this.#length, at, matchEnd)) this.#place(rule, at, matchEnd);
    }
    this.#untried.set(rule, Math.max(first, start + 1));
  }

  #string(): string {
    this.#text ??= decoder.decode(this.#units.subarray(0, this.#length));
    return this.#text;
  }
}

/** A spaced letter or digit at either end must not go on outside: `av` is not in `have`, but is in `国产av在线`. */
export function standsFree(units: Uint16Array, length: number, start: number, end: number): boolean {
  if (start > 0 && isSpacedUnit(units[start]) && isSpacedUnit(units[start - 1])) return false;
  return !(end < length && isSpacedUnit(units[end - 1]) && isSpacedUnit(units[end]));
}
