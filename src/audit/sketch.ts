import { foldString } from '../text/fold.ts';

/** A text as the least hash of each of `HASHES` permutations of its shingles: the share of equal places estimates Jaccard. */
export type Sketch = Uint32Array;

/** 32 places estimate a similarity to ±.09 (one standard error at .5) and weigh 128 bytes a span. */
export const HASHES = 32;
/** Units of a shingle: two Han words, one Latin word. */
const SHINGLE = 4;
/** A permutation is `hash · odd + shift` modulo 2^32, the usual family for MinHash; the constants are mixed counters. */
const ODD = Uint32Array.from({ length: HASHES }, (_, k) => mix(2 * k + 1) | 1);
const SHIFT = Uint32Array.from({ length: HASHES }, (_, k) => mix(2 * k + 2));
const MARKS = /[^\p{L}\p{N}]+/gu;

/** MinHash over folded shingles without marks: the same list with other separators has the same sketch. O(32 · length). */
export function sketchOf(text: string): Sketch {
  const folded = foldString(text.replace(/<[^<>]*>/g, ' ')).replace(MARKS, '');
  const sketch = new Uint32Array(HASHES).fill(0xffffffff);
  const last = Math.max(0, folded.length - SHINGLE);
  for (let i = 0; i <= last; i++) {
    const hash = mix(hashOf(folded, i, Math.min(folded.length, i + SHINGLE)));
    for (let k = 0; k < HASHES; k++) {
      const permuted = (Math.imul(hash, ODD[k]) + SHIFT[k]) >>> 0;
      if (permuted < sketch[k]) sketch[k] = permuted;
    }
  }
  return sketch;
}

export function similarity(a: Sketch, b: Sketch): number {
  let same = 0;
  for (let k = 0; k < HASHES; k++) if (a[k] === b[k]) same++;
  return same / HASHES;
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finalizer of MurmurHash3. */
function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
