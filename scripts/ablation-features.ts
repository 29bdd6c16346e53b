import { BOUNDARY, FeatureList, listFeatures, LONG_BITS, SHORT_BITS, type UnitClasses } from '../src/bayes/features.ts';

/** Lists the features of a folded line, as `listFeatures` does, and how many ids there are. */
export interface Lister {
  readonly list: typeof listFeatures;
  readonly ids: number;
}

/** Kinds of features: n-grams by their units, words, and pairs of words. */
export type Kind = 1 | 2 | 3 | 4 | 'word' | 'pair';

const BLANK = 0x20;
/** Of FNV-1a, 32 bits. */
const [FNV_BASIS, FNV_PRIME] = [0x811c9dc5 | 0, 0x01000193];
/** What an n-gram, a word and a pair of the same units differ in. */
const KIND_SEEDS: Readonly<Record<Kind, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, word: 5, pair: 6 };

/**
 * Another feature space: without some kinds, or with tables of other sizes. Kinds share buckets, so that what is left out may not be
 * looked up either; a hash of its own makes any size possible, with single units and pairs in a table of their own as in the model.
 */
export function lister(without: readonly Kind[], shortBits = SHORT_BITS, longBits = LONG_BITS): Lister {
  const left = new Set(without);
  const list = (units: Uint16Array, length: number, classes: UnitClasses, features: FeatureList): void => {
    listFeatures(units, length, classes, features);
    const { ids, positions, firsts, sizes, words } = features;
    let kept = 0;
    for (let j = 0; j < features.length; j++) {
      const kind = kindOf(features, j < words, j, units);
      if (left.has(kind)) continue;
      const hash = hashOf(units, length, classes, firsts[j], sizes[j], KIND_SEEDS[kind]);
      const isShort = kind === 1 || kind === 2;
      ids[kept] = isShort ? hash >>> (32 - shortBits) : 2 ** shortBits + (hash >>> (32 - longBits));
      [positions[kept], firsts[kept], sizes[kept]] = [positions[j], firsts[j], sizes[j]];
      kept++;
      if (j < words) features.words = kept;
    }
    features.length = kept;
  };
  return { list, ids: 2 ** shortBits + 2 ** longBits };
}

function kindOf({ firsts, sizes }: FeatureList, isNgram: boolean, j: number, units: Uint16Array): Kind {
  if (isNgram) return sizes[j] as Kind;
  return units.subarray(firsts[j], firsts[j] + sizes[j]).includes(BLANK) ? 'pair' : 'word';
}

/** FNV-1a over the units, any run of boundaries as one, mixed as MurmurHash3 ends. */
function hashOf(
  units: Uint16Array,
  length: number,
  classes: UnitClasses,
  first: number,
  size: number,
  seed: number,
): number {
  let hash = Math.imul(FNV_BASIS ^ seed, FNV_PRIME);
  for (let k = first; k < first + size; k++) {
    const unit = k < 0 || k >= length || classes[units[k]] === 0 ? BOUNDARY : units[k];
    hash = Math.imul(hash ^ unit, FNV_PRIME);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
