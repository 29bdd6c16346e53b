/**
 * The first stage of the cascade in AssemblyScript: `WordLine` and `MixedLine`, unit for unit, over one memory. Names in capitals are
 * given by `scripts/generate-kernel.ts`: addresses of `src/verdict/kernel.ts` and the constants of the files that say what they mean.
 */

/** Fills `TABLE` as `rawUnitTable` does, from the tables of folding, the classes of units and the weights. */
export function layOut(): void {
  for (let raw = 0; raw < UNIT_COUNT; raw++) store<i32>(TABLE + (raw << 2), entryOf(raw));
}

function entryOf(raw: i32): i32 {
  const folded: i32 = load<u16>(FOLDED + (raw << 1));
  if (folded != CARE) {
    const kind: i32 = load<u8>(CLASSES + folded);
    const weight = (unigramAt(folded) & WEIGHT) - load<u8>(DRIFTS + kind);
    return (folded << UNIT_SHIFT) | ((weight << WEIGHT_SHIFT) & 0xffff) | (kind == UNIT_DIGIT ? SPACED : kind);
  }
  const care: i32 = load<u8>(CARES + raw);
  if (care == CARE_BLANK) return BLANK << UNIT_SHIFT;
  const mark: i32 = load<u16>(JOINTS + (raw << 1));
  const isSentenceEnd = load<u8>(SIDES + mark) == SIDE_SENTENCE;
  return (mark << UNIT_SHIFT) | (care == CARE_JOINT ? 0 : CARE_KIND) | (isSentenceEnd ? SENTENCE_KIND : 0);
}

/** Which of the noticed starts in the word `UNITS[begin..end)` may be those of a literal; bits, from `begin` on. */
declare function literalsOf(begin: i32, end: i32, noticed: i32): i32;

/** Whether `mark` behind `UNITS[0..length)` may end a character that was spread out. */
declare function isSpread(length: i32, mark: i32): i32;

function entryAt(i: i32): i32 {
  return load<i32>(TABLE + ((<i32>load<u16>(RAW + (i << 1))) << 2));
}

function unitAt(k: i32): i32 {
  return load<u16>(UNITS + (k << 1));
}

function setUnit(k: i32, unit: i32): void {
  store<u16>(UNITS + (k << 1), unit);
}

function unigramAt(unit: i32): i32 {
  return load<i8>(NGRAMS + (((unit ^ UNIT_SALT) * HASH_PAIR) >>> SHORT_SHIFT));
}

function bigramAt(hash: i32): i32 {
  return load<i8>(NGRAMS + (((hash ^ (hash >>> 15)) * HASH_PAIR) >>> SHORT_SHIFT));
}

function longAt(hash: i32): i32 {
  return load<i8>(NGRAMS + LONG_FIRST + (hash >>> LONG_SHIFT));
}

function trigramAt(hash: i32): i32 {
  return longAt((hash ^ (hash >>> 15)) * HASH_TRIPLE);
}

function fourgramAt(hash: i32): i32 {
  return longAt((hash ^ (hash >>> 14)) * HASH_QUADRUPLE);
}

function wordAt(hash: i32): i32 {
  return longAt((hash ^ (hash >>> 13)) * HASH_STEP);
}

function wordPairAt(before: i32, word: i32): i32 {
  const hash = before * HASH_QUADRUPLE + word;
  return longAt((hash ^ (hash >>> 15)) * HASH_WORDS);
}

function weightOf(entry: i32): i32 {
  return (entry << UNIT_SHIFT) >> (UNIT_SHIFT + WEIGHT_SHIFT);
}

function finish(total: i32, length: i32, startCount: i32, outcome: i32): i32 {
  store<i32>(RESULT, total);
  store<i32>(RESULT + 4, length);
  store<i32>(RESULT + 8, startCount);
  return outcome;
}

function addStart(startCount: i32, k: i32): i32 {
  store<i32>(STARTS + (startCount << 2), k);
  return startCount + 1;
}

/** `addStart`, but once. */
function note(startCount: i32, k: i32): i32 {
  return startCount > 0 && load<i32>(STARTS + ((startCount - 1) << 2)) == k ? startCount : addStart(startCount, k);
}

function addLiterals(startCount: i32, begin: i32, at: i32): i32 {
  let literals = load<i32>(at + 4 * LITERALS);
  for (let k = begin; literals != 0; k++, literals >>>= 1) {
    if (literals & 1) startCount = addStart(startCount, k);
  }
  return startCount;
}

/** Address of a word's place in the memo; a word that is not there is put there. `raw`: where in `RAW` it begins. */
function look(begin: i32, end: i32, first: i32, second: i32, raw: i32): i32 {
  const at = MEMO + ((((first ^ (first >>> 15)) * HASH_STEP) >>> (32 - SLOT_BITS)) << SLOT_SHIFT);
  if (load<i32>(at) != first || load<i32>(at + 4) != second) {
    store<i32>(at, first);
    store<i32>(at + 4, second);
    weigh(at, begin, end, raw);
  }
  return at;
}

/** As `WordMemo` weighs a word. */
function weigh(at: i32, begin: i32, end: i32, raw: i32): void {
  let total = 0;
  let prefix = 0;
  let suffix = 0;
  let inside = 0;
  let noticed = 0;
  let lastOne = BOUNDARY_HASH;
  let lastTwo = 0;
  let lastThree = 0;
  let word = 0;
  for (let k = 0; k < end - begin; k++) {
    const entry = entryAt(raw + k);
    const unit = entry >>> UNIT_SHIFT;
    const pair = lastOne + unit;
    const triple = lastTwo + unit;
    const two = bigramAt(pair);
    let value = weightOf(entry) + (two & WEIGHT);
    if (k > 0) {
      const three = trigramAt(triple);
      value += three & WEIGHT;
      if (k > 1) value += fourgramAt(lastThree + unit) & WEIGHT;
      noticed |= (two & 1) << (k - 1);
      if (k > 1) noticed |= (three & 1) << (k - 2);
    }
    word = word * HASH_STEP + unit;
    lastOne = unit * HASH_STEP;
    lastTwo = pair * HASH_STEP;
    lastThree = triple * HASH_STEP;
    if (k == end - begin - 1) {
      const last = bigramAt(lastOne + BOUNDARY);
      value += (last & WEIGHT) + (trigramAt(lastTwo + BOUNDARY) & WEIGHT);
      if (k > 0) value += fourgramAt(lastThree + BOUNDARY) & WEIGHT;
      if (k + 1 >= SHORTEST_WORD) value += wordAt(word) & WEIGHT;
      noticed |= (last & 1) << k;
    }
    total += value;
    if (k == end - begin - 1) suffix += value;
    else {
      prefix = max<i32>(prefix, total);
      suffix = max<i32>(suffix + value, 0);
      inside = max<i32>(inside, suffix);
    }
  }
  store<i16>(at + 2 * TOTAL, total as i16);
  store<i16>(at + 2 * PREFIX, prefix as i16);
  store<i16>(at + 2 * SUFFIX, suffix as i16);
  store<i16>(at + 2 * INSIDE, inside as i16);
  store<i32>(at + 4 * LITERALS, noticed == 0 ? 0 : literalsOf(begin, end, noticed));
}

/** `RAW[0..end)` as `WordLine` reads it; returns bits: `PASSES`, `MIXED`, `CARE_KIND`. */
export function words(end: i32): i32 {
  let length = 0;
  let startCount = 0;
  let total = 0;
  let stretch = NEVER;
  let enter = 0;
  let enough = 0;
  let singles = 0;
  let before = BLANK;
  let wordBefore = 0;
  let seen = 0;
  let i = 0;
  let entry = end > 0 ? entryAt(0) : 0;
  while (i < end) {
    const gap = length;
    let marks = 0;
    while ((entry & SPACED) == 0) {
      if (entry & UNSPACED) return MIXED;
      marks |= entry;
      const mark = entry >>> UNIT_SHIFT;
      if (mark != BLANK) setUnit(length++, mark);
      else if (before != BLANK) {
        if (before == FULL_STOP) marks |= SENTENCE_KIND;
        setUnit(length++, mark);
      }
      before = mark;
      if (++i >= end) break;
      entry = entryAt(i);
    }
    seen |= marks;
    if (i >= end) break;
    if (gap > 0) {
      enough |= MOST + (unitAt(gap) == BLANK ? WORD : MARK) - stretch;
      enter = marks & SENTENCE_KIND ? SENTENCE : before == BLANK ? WORD : MARK;
    }
    const begin = length;
    let first = 0;
    let second = 0;
    do {
      const unit = entry >>> UNIT_SHIFT;
      first = (first ^ unit) * WORD_STEP;
      second = second * HASH_STEP + unit;
      setUnit(length++, unit);
      if (++i >= end) break;
      entry = entryAt(i);
    } while (entry & SPACED);
    before = 0;
    const size = length - begin;
    if (size > LONGEST_WORD) return MIXED;
    singles = size == 1 ? singles + 1 : 0;
    if (singles == FEWEST_SPREAD) return PASSES;
    const at = look(begin, length, first, second, i - length + begin);
    const gain = stretch + enter;
    const entered = (gain & ~(gain >> 31)) - enter;
    const isPair = gap > 0 && begin - gap == 1 && unitAt(gap) == BLANK;
    const pair = isPair ? wordPairAt(wordBefore, second) & WEIGHT : 0;
    wordBefore = second;
    enough |= MOST + WITHIN - (entered + load<i16>(at + 2 * PREFIX));
    enough |= MOST + 2 * WITHIN - load<i16>(at + 2 * INSIDE);
    const weight: i32 = load<i16>(at + 2 * TOTAL) + pair;
    total += weight;
    const through = entered + weight;
    const less = through - (load<i16>(at + 2 * SUFFIX) + pair) + WITHIN;
    stretch = through - (less & (less >> 31));
    startCount = addLiterals(startCount, begin, at);
  }
  enough |= MOST - stretch;
  return finish(total, length, startCount, (seen & CARE_KIND) | (enough < 0 ? PASSES : 0));
}

/** `RAW[0..end)` as `MixedLine` reads it; returns bits: `PASSES`, `CARE_KIND`. */
export function mixed(end: i32): i32 {
  let length = 0;
  let startCount = 0;
  let total = 0;
  let stretch = SIDE;
  let enough = 0;
  let marks = 0;
  let i = 0;
  while (i < end) {
    let entry = entryAt(i);
    if ((entry & WORD_UNIT) == 0) {
      const before = length > 0 ? unitAt(length - 1) : BLANK;
      const mark = entry >>> UNIT_SHIFT;
      marks |= entry;
      i++;
      if (mark == BLANK && before == BLANK) continue;
      if (length >= 3 && unitAt(length - 2) == mark && isSpread(length, mark)) return PASSES;
      setUnit(length++, mark);
      continue;
    }
    const begin = length;
    let last = BOUNDARY_HASH;
    let pairBefore = 0;
    if (entry & SPACED) {
      let first = 0;
      let second = 0;
      do {
        const unit = entry >>> UNIT_SHIFT;
        first = (first ^ unit) * WORD_STEP;
        second = second * HASH_STEP + unit;
        setUnit(length++, unit);
        entry = ++i < end ? entryAt(i) : 0;
      } while (entry & SPACED);
      const pure = (entry & WORD_UNIT) == 0;
      if (pure && length - begin <= LONGEST_WORD) {
        const at = look(begin, length, first, second, i - length + begin);
        enough |= ENOUGH_IN_WORDS - max<i32>(stretch + load<i16>(at + 2 * PREFIX), load<i16>(at + 2 * INSIDE));
        const weight: i32 = load<i16>(at + 2 * TOTAL);
        total += weight;
        stretch = max<i32>(max<i32>(stretch + weight, load<i16>(at + 2 * SUFFIX)), 0);
        enough |= ENOUGH_IN_WORDS - stretch;
        startCount = addLiterals(startCount, begin, at);
        continue;
      }
      for (let k = begin; k < length; k++) {
        const unit = unitAt(k);
        const pair = last + unit;
        const two = bigramAt(pair);
        if (k >= begin + 2 && trigramAt(pairBefore * HASH_STEP + unit) & 1) startCount = note(startCount, k - 2);
        pairBefore = pair;
        if (two & 1) startCount = addStart(startCount, k - 1);
        const value = two + weightOf(entryAt(i - length + k));
        total += value;
        stretch = max<i32>(stretch + value, 0);
        enough |= ENOUGH_WITHIN - stretch;
        last = unit * HASH_STEP;
      }
      if (pure) continue;
    }
    let letters = 0;
    do {
      const unit = entry >>> UNIT_SHIFT;
      const pair = last + unit;
      const two = bigramAt(pair);
      if ((entry & SPACED) == 0) letters = 0;
      else if (++letters > 2 && trigramAt(pairBefore * HASH_STEP + unit) & 1) startCount = note(startCount, length - 2);
      pairBefore = pair;
      if (two & 1) startCount = addStart(startCount, length - 1);
      const value = two + weightOf(entry);
      total += value;
      stretch += value;
      stretch &= ~(stretch >> 31);
      enough |= ENOUGH_WITHIN - stretch;
      last = unit * HASH_STEP;
      setUnit(length++, unit);
      entry = ++i < end ? entryAt(i) : 0;
    } while (entry & WORD_UNIT);
  }
  const passes = enough < 0 || stretch > ENOUGH_AT_END;
  return finish(total, length, startCount, (marks & CARE_KIND) | (passes ? PASSES : 0));
}
