import { decodeReference } from './reference.ts';
import {
  astralFold,
  CARE,
  CARE_AMPERSAND,
  CARE_BLANK,
  CARE_BRACKET,
  CARE_DROP,
  CARE_EXPAND,
  CARE_JAMO,
  CARE_JOINT,
  CARE_SURROGATE,
  CARE_VOICING,
  careOf,
  expansionOf,
  foldTable,
  jointTable,
} from './fold-table.ts';
import { joinSpread } from './spread.ts';
import { isWordUnit, unitClass, UNIT_OTHER, UNIT_UNSPACED } from './unit.ts';

const BLANK = 0x20;
/** What every emoji and astral symbol folds to: one joint among others. */
const SYMBOL = 0x2a;
const REPLACEMENT = 0xfffd;
/** No expansion is longer (U+FDFA has 18 units). */
const LONGEST_EXPANSION = 18;
/** The private-use area stands for astral letters (rare Han): distinct enough for n-grams in 16 bits. */
const PRIVATE_USE = 0xe000;
const PRIVATE_USE_SIZE = 6400;

/** One bracketed syllable; a tone mark is what tells pinyin from units of measure such as `壓力(kpa)`. */
const PINYIN = /[(（]([a-zɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,6})[)）]/y;
const TONED = /[^a-zɡü]/;
/** Neutral-tone readings; dropped only in a line that has shown toned ones. */
const NEUTRAL = new Set(['zhe', 'guo', 'le', 'de', 'ne', 'ma', 'ba', 'men', 'zi', 'tou', 'li']);
const TONED_NEEDED = 2;

/**
 * The folded text of one line with its offset map; a buffer to be used again for the next line.
 *
 * Unit `k` of `units` was read from `text.slice(starts[k], starts[k + 1])`, where `starts[length]` is the end of the line;
 * dropped characters belong to the unit before them. Folding is linear in the line and keeps 6 bytes a unit.
 */
export class FoldedLine {
  units = new Uint16Array(4096);
  starts = new Uint32Array(4097);
  length = 0;
  /** Whether letters or digits of an astral alphabet were among them (𝗔, 🄰, 𝟳). */
  styled = false;
  /** Whether marks between single letters may have been taken out (`v.i.a.g.r.a`). */
  spread = false;
  #toned = 0;

  /** Folds `text.slice(start, end)`; `starts` are positions in `text`. */
  fold(text: string, start: number, end: number): void {
    this.#reset(end - start);
    let i = start;
    while (i < end) {
      i = this.#run(text, i, end);
      if (i < end) i = this.#care(text, i, end);
    }
    this.starts[this.length] = end;
    if (this.spread) joinSpread(this);
  }

  #reset(size: number): void {
    this.length = 0;
    this.styled = false;
    this.spread = false;
    this.#toned = 0;
    if (this.units.length < size) this.#grow(size);
  }

  #grow(size: number): void {
    const capacity = Math.max(size, 2 * this.units.length);
    const units = new Uint16Array(capacity);
    const starts = new Uint32Array(capacity + 1);
    units.set(this.units);
    starts.set(this.starts);
    this.units = units;
    this.starts = starts;
  }

  /** The hot loop: units whose folding needs no look at a neighbour; returns where it stopped. */
  #run(text: string, from: number, end: number): number {
    const { units, starts } = this;
    let k = this.length;
    let i = from;
    for (; i < end; i++) {
      const unit = text.charCodeAt(i);
      let folded = foldTable[unit];
      if (folded === CARE) {
        const care = careOf[unit];
        if (care === CARE_BLANK) {
          if (k > 0 && units[k - 1] === BLANK) continue;
          folded = BLANK;
        } else if (care === CARE_JOINT) folded = jointTable[unit];
        else break;
        if (k >= 2 && units[k - 2] === folded && this.#maySpread(k, folded)) this.spread = true;
        else if (k >= 3 && units[k - 3] === folded && isBracketed(units, k)) this.spread = true;
      }
      units[k] = folded;
      starts[k++] = i;
    }
    this.length = k;
    return i;
  }

  /** One character stands between two of the same mark: spread out, if it is Han, or a spaced letter and not the first one. */
  #maySpread(k: number, joint: number): boolean {
    const kind = unitClass[this.units[k - 1]];
    return kind === UNIT_UNSPACED || (kind !== UNIT_OTHER && k >= 4 && this.units[k - 4] === joint);
  }

  #care(text: string, i: number, end: number): number {
    const unit = text.charCodeAt(i);
    const room = end - i + LONGEST_EXPANSION;
    if (this.length + room > this.units.length) this.#grow(this.length + room);
    switch (careOf[unit]) {
      case CARE_EXPAND:
        return this.#pushAll(expansionOf(unit), i, 1);
      case CARE_SURROGATE:
        return this.#surrogate(text, i, end);
      case CARE_AMPERSAND:
        return this.#ampersand(text, i, end);
      case CARE_BRACKET:
        return this.#bracket(text, i, end);
      case CARE_VOICING:
        return this.#voicing(unit, i);
      case CARE_JAMO:
        return this.#jamo(text, i, end);
      default:
        return i + 1;
    }
  }

  #push(unit: number, start: number): void {
    const k = this.length;
    if (k >= 2 && this.units[k - 2] === unit && !isWordUnit(unit) && this.#maySpread(k, unit)) this.spread = true;
    this.units[k] = unit;
    this.starts[k] = start;
    this.length = k + 1;
  }

  #pushAll(folded: string, i: number, width: number): number {
    for (let j = 0; j < folded.length; j++) this.#push(folded.charCodeAt(j), i);
    return i + width;
  }

  #surrogate(text: string, i: number, end: number): number {
    const code = text.codePointAt(i) ?? REPLACEMENT;
    if (code < 0x10000 || i + 1 >= end) return this.#pushAll('\ufffd', i, 1);
    this.#astral(code, i);
    return i + 2;
  }

  #astral(code: number, i: number): void {
    const folded = astralFold(String.fromCodePoint(code));
    if (folded !== undefined) {
      this.styled = true;
      this.#pushAll(folded, i, 2);
    } else if (code >= 0x20000 && code < 0x40000) this.#push(PRIVATE_USE + (code % PRIVATE_USE_SIZE), i);
    else if (!isModifier(code)) this.#push(SYMBOL, i);
  }

  #ampersand(text: string, i: number, end: number): number {
    const reference = decodeReference(text, i, end);
    if (reference === null) return this.#pushAll('&', i, 1);
    if (reference.code > 0xffff) this.#astral(reference.code, i);
    else this.#pushFolded(reference.code, i);
    return reference.end;
  }

  /** Folds a unit that a character reference named; neighbours are not looked at. */
  #pushFolded(unit: number, i: number): void {
    const care = careOf[unit];
    if (care === CARE_DROP) return;
    if (care === CARE_EXPAND) this.#pushAll(expansionOf(unit), i, 1);
    else if (care === CARE_SURROGATE) this.#push(REPLACEMENT, i);
    else if (care !== CARE_BLANK || this.units[this.length - 1] !== BLANK) this.#push(jointTable[unit], i);
  }

  #bracket(text: string, i: number, end: number): number {
    const before = this.length > 0 ? this.units[this.length - 1] : 0;
    const width = unitClass[before] === UNIT_UNSPACED ? this.#pinyin(text, i, end) : 0;
    return width > 0 ? i + width : this.#pushAll('(', i, 1);
  }

  /** Length of the pinyin in brackets at `i`, 0 where there is none. */
  #pinyin(text: string, i: number, end: number): number {
    PINYIN.lastIndex = i;
    const match = PINYIN.exec(text);
    if (match === null || i + match[0].length > end) return 0;
    const syllable = match[1] ?? '';
    if (TONED.test(syllable)) this.#toned++;
    else if (this.#toned < TONED_NEEDED || !NEUTRAL.has(syllable)) return 0;
    return match[0].length;
  }

  /** か + U+3099 is が. */
  #voicing(unit: number, i: number): number {
    const mark = unit === 0x3099 || unit === 0xff9e ? '\u3099' : '\u309a';
    const k = this.length - 1;
    const joined = k < 0 ? '' : (String.fromCharCode(this.units[k]) + mark).normalize('NFC');
    if (joined.length === 1) this.units[k] = joined.charCodeAt(0);
    return i + 1;
  }

  #jamo(text: string, i: number, end: number): number {
    let last = i + 1;
    while (last < end && last - i < 3 && careOf[text.charCodeAt(last)] === CARE_JAMO) last++;
    const joined = text.slice(i, last).normalize('NFC');
    this.#push(joined.charCodeAt(0), i);
    return joined.length === 1 ? last : i + 1;
  }
}

/** Whether a letter or digit alone stands in brackets before `k`, where another one did before: `[a][b]`. */
function isBracketed(units: Uint16Array, k: number): boolean {
  return isWordUnit(units[k - 1]) && !isWordUnit(units[k - 2]);
}

/** Skin tones, tags and variation selectors: they follow an emoji and mean nothing here. */
function isModifier(code: number): boolean {
  return (code >= 0x1f3fb && code <= 0x1f3ff) || code >= 0xe0000;
}

const scratch = new FoldedLine();

/** The folded text of a line as a string; the engine itself stays with units. */
export function foldString(text: string): string {
  scratch.fold(text, 0, text.length);
  let folded = '';
  for (let k = 0; k < scratch.length; k++) folded += String.fromCharCode(scratch.units[k]);
  return folded;
}
