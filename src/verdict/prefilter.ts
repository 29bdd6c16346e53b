import { bigramId, BOUNDARY, extend, HASH_STEP, trigramId } from '../bayes/features.ts';
import { STEPS_PER_NAT } from '../bayes/model.ts';
import type { CompiledRules } from '../rules/compile.ts';
import { RuleHits } from '../rules/hits.ts';
import {
  CARE,
  CARE_AMPERSAND,
  CARE_BLANK,
  CARE_BRACKET,
  CARE_JOINT,
  careOf,
  foldTable,
  jointTable,
} from '../text/fold-table.ts';
import { decodeReference } from '../text/reference.ts';
import { unitClass, UNIT_OTHER, UNIT_UNSPACED } from '../text/unit.ts';
import type { EvidenceTable } from './evidence.ts';
import { INSIDE, LITERALS, LONGEST_WORD, PREFIX, SUFFIX, TOTAL, WordMemo } from './word-memo.ts';

/**
 * What single units and bigrams have to earn before a line is scored, in steps: from one end of the line to the other, more by
 * `SIDE` for each end of the stretch that lies within the line. Chosen on spam that full scoring finds: of phrases of the
 * corpora's tuning lines the weakest earned 2.6 natural-log odds, while 14 % of news lines earn 2.5 where ends are free.
 */
const ENOUGH = 2.5 * STEPS_PER_NAT;
const SIDE = 1 * STEPS_PER_NAT;
const ENOUGH_AT_END = ENOUGH + SIDE;
const ENOUGH_WITHIN = ENOUGH + 2 * SIDE;
/** Words come with all of their n-grams, so that more can be asked of them. */
const ENOUGH_IN_WORDS = ENOUGH + 2.5 * SIDE;
/** A shorter line may be a remnant, which trigrams decide; scoring it costs little. */
const SHORTEST = 12;

const BLANK = 0x20;
const BOUNDARY_HASH = Math.imul(BOUNDARY, HASH_STEP);
/** FNV-1a's prime. */
const WORD_STEP = 0x01000193;

/** Layout of a table entry: folded unit, weight less drift, and the class of `text/unit.ts` or `CARE_KIND`. */
const UNIT_SHIFT = 16;
const WEIGHT_SHIFT = 3;
const CLASS = 3;
const SPACED = 1;
/** A unit whose folding has to look at its neighbours; its class is that of a mark. */
const CARE_KIND = 4;

/**
 * The first stage of the cascade (Viola and Jones 2001): most lines are so far from spam that single units and bigrams show
 * it, and no offset map, trigram or list is needed to know it. It reads raw text, one look-up to fold and weigh a unit and
 * one for the bigram; of words between marks, which recur, it keeps the evidence. Not re-entrant.
 *
 * It is no bound: of lines of twelve units and more in which full scoring finds spam it lets pass all but about one in 300
 * (`tests/verdict/prefilter.test.ts`), and what it stops is weak. The same line always comes out the same.
 */
export class Prefilter {
  /** Evidence of the last line that was stopped, in steps. */
  total = 0;
  readonly #ngrams: Int8Array;
  readonly #rules: CompiledRules;
  readonly #memo: WordMemo;
  readonly #found = new RuleHits();
  /** By raw unit. */
  readonly #table: Int32Array;
  #units = new Uint16Array(4096);
  #starts = new Int32Array(4096);

  constructor(table: EvidenceTable, rules: CompiledRules) {
    this.#ngrams = table.ngrams;
    this.#rules = rules;
    this.#memo = new WordMemo(table, rules);
    this.#table = unitTable(table.singles);
  }

  /** False where `text.slice(start, end)` is honest beyond doubt, true where it has to be scored. */
  passes(text: string, start: number, end: number): boolean {
    if (end - start < SHORTEST) return end > start;
    if (this.#units.length < end - start) {
      this.#units = new Uint16Array(2 * (end - start));
      this.#starts = new Int32Array(2 * (end - start));
    }
    const [table, ngrams, units, starts, memo] = [this.#table, this.#ngrams, this.#units, this.#starts, this.#memo];
    const { figures } = memo;
    let length = 0;
    let startCount = 0;
    let total = 0;
    // The best stretch that ends here, which starts with the cost of a side that the line's start does not have.
    let stretch = SIDE;
    // Its sign bit is set once a stretch was enough.
    let enough = 0;
    let i = start;
    while (i < end) {
      let entry = table[text.charCodeAt(i)];
      if ((entry & CLASS) === 0) {
        const before = length > 0 ? units[length - 1] : BLANK;
        if ((entry & CARE_KIND) !== 0 && !isPlain(text, i, end, before)) return true;
        const mark = entry >>> UNIT_SHIFT;
        i++;
        if (mark === BLANK && before === BLANK) continue;
        if (length >= 3 && units[length - 2] === mark && maySpread(units, length, mark)) return true;
        units[length++] = mark;
        continue;
      }
      const first = length;
      let last = BOUNDARY_HASH;
      if ((entry & SPACED) !== 0) {
        let hash = 0;
        do {
          const unit = entry >>> UNIT_SHIFT;
          hash = Math.imul(hash ^ unit, WORD_STEP);
          units[length++] = unit;
          entry = ++i < end ? table[text.charCodeAt(i)] : 0;
        } while ((entry & SPACED) !== 0);
        const pure = (entry & CLASS) === 0;
        if (pure && length - first <= LONGEST_WORD) {
          const word = memo.look(units, first, length, hash);
          const inside = Math.max(stretch + figures[word + PREFIX], figures[word + INSIDE]);
          enough |= ENOUGH_IN_WORDS - inside;
          const weight = figures[word + TOTAL];
          total += weight;
          stretch = Math.max(stretch + weight, figures[word + SUFFIX]);
          let literals = figures[word + LITERALS] & 0xffff;
          for (let at = first; literals !== 0; at++, literals >>>= 1)
            if ((literals & 1) !== 0) starts[startCount++] = at;
          continue;
        }
        // Letters or digits beside a character that needs no blank, or too many of them.
        for (let k = first; k < length; k++) {
          const unit = units[k];
          const two = ngrams[bigramId((last + unit) | 0)];
          if ((two & 1) !== 0) starts[startCount++] = k - 1;
          const value = two + memo.single(unit);
          total += value;
          stretch = Math.max(stretch + value, 0);
          enough |= ENOUGH_WITHIN - stretch;
          last = Math.imul(unit, HASH_STEP);
        }
        if (pure) continue;
      }
      do {
        const unit = entry >>> UNIT_SHIFT;
        const two = ngrams[bigramId((last + unit) | 0)];
        if ((two & 1) !== 0) starts[startCount++] = length - 1;
        const value = two + ((entry << UNIT_SHIFT) >> (UNIT_SHIFT + WEIGHT_SHIFT));
        total += value;
        stretch += value;
        stretch &= ~(stretch >> 31);
        enough |= ENOUGH_WITHIN - stretch;
        last = Math.imul(unit, HASH_STEP);
        units[length++] = unit;
        entry = ++i < end ? table[text.charCodeAt(i)] : 0;
      } while ((entry & CLASS) !== 0);
    }
    this.total = total;
    return enough < 0 || stretch > ENOUGH_AT_END || (startCount > 0 && this.#hits(length, startCount));
  }

  /** Whether a rule hits at one of the starts. */
  #hits(length: number, startCount: number): boolean {
    const starts = this.#starts;
    let kept = 0;
    for (let s = 0; s < startCount; s++) if (this.#mayStand(starts[s], length)) starts[kept++] = starts[s];
    if (kept === 0) return false;
    this.#found.clear();
    this.#rules.match(this.#units, length, starts, kept, this.#found);
    return this.#found.hits.length > 0;
  }

  /** A literal is noticed by its first two units here; most of those are told apart by the third. */
  #mayStand(start: number, length: number): boolean {
    const units = this.#units;
    if (start < 0) return false;
    if (start + 2 < length && unitClass[units[start + 2]] !== UNIT_OTHER) {
      const hash = extend(extend(units[start], units[start + 1]), units[start + 2]);
      if ((this.#ngrams[trigramId(hash)] & 1) === 0) return false;
    }
    return this.#rules.mayStand(units, start, length, false);
  }
}

function unitTable(singles: Int16Array): Int32Array {
  const table = new Int32Array(65536);
  for (let raw = 0; raw < 65536; raw++) {
    const folded = foldTable[raw];
    if (folded === CARE) table[raw] = careEntry(raw);
    else
      table[raw] =
        (folded << UNIT_SHIFT) | (((singles[folded] >> 2) << WEIGHT_SHIFT) & 0xffff) | (singles[folded] & CLASS);
  }
  return table;
}

function careEntry(raw: number): number {
  const care = careOf[raw];
  if (care === CARE_BLANK) return BLANK << UNIT_SHIFT;
  return (jointTable[raw] << UNIT_SHIFT) | (care === CARE_JOINT ? 0 : CARE_KIND);
}

/** A bracket that opens no pinyin and an ampersand that begins no reference fold to themselves. */
function isPlain(text: string, i: number, end: number, before: number): boolean {
  const care = careOf[text.charCodeAt(i)];
  if (care === CARE_AMPERSAND) return decodeReference(text, i, end) === null;
  if (care !== CARE_BRACKET) return false;
  return unitClass[before] !== UNIT_UNSPACED || i + 1 === end || !isLower(text.charCodeAt(i + 1));
}

/** Pinyin is written in small letters: `a` to `z`, or beyond ASCII for those with a tone. */
function isLower(unit: number): boolean {
  return unit >= 0x61 && (unit <= 0x7a || unit > 0x7f);
}

/** A single character stands between two of the same mark, as in `text/fold.ts`, and another one before them. */
function maySpread(units: Uint16Array, length: number, mark: number): boolean {
  const kind = unitClass[units[length - 1]];
  if (kind === UNIT_OTHER) return false;
  const early = length >= 4 ? units[length - 4] : mark;
  if (unitClass[units[length - 3]] !== UNIT_OTHER && unitClass[early] !== UNIT_OTHER) return false;
  return kind === UNIT_UNSPACED || (length >= 4 && early === mark);
}
