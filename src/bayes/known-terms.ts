import { hexadecimal, sha256 } from '../sha256.ts';
import { ModelError } from './codec.ts';
import type { UnitClasses } from './features.ts';

/**
 * Which terms the background corpora and the written lines hold. A term is a word of two letters or more in scripts that write blanks, and
 * a pair of neighbours in those that do not. The hashed n-grams of a model cannot tell: each of their buckets has been counted.
 *
 * Kept as a Bloom filter of a byte a term: a term that it denies was seen in fewer lines than asked for, and of those that were not seen it
 * takes (1 − e^(−5/8))^5 = 2.2 in a hundred for seen.
 */
export class KnownTerms {
  readonly #bits: Uint8Array;

  private constructor(bits: Uint8Array) {
    this.#bits = bits;
  }

  /** Of the hashes that `listTerms` gives. The same set gives the same bytes, whatever its order. */
  static of(hashes: ReadonlySet<number>): KnownTerms {
    const known = new KnownTerms(new Uint8Array(Math.max(1, hashes.size)));
    for (const hash of hashes) known.#add(hash);
    return known;
  }

  /** Throws a `ModelError` for bytes that are damaged or something else. */
  static async decode(bytes: Uint8Array): Promise<KnownTerms> {
    const content = bytes.subarray(0, Math.max(0, bytes.length - DIGEST));
    if (content.length <= HEADER || new TextDecoder().decode(content.subarray(0, 4)) !== MAGIC) {
      throw new ModelError(
        `these ${bytes.length} bytes are no known terms of linesieve: they do not start with ${MAGIC}`,
      );
    }
    const format = content[4] | (content[5] << 8);
    if (format !== FORMAT) throw new ModelError(`known terms of format ${format} are not read here (${FORMAT} is)`);
    if (hexadecimal(await sha256(content)) !== hexadecimal(bytes.subarray(bytes.length - DIGEST))) {
      throw new ModelError(
        'the known terms are damaged: their SHA-256 does not match; restore them from the repository',
      );
    }
    return new KnownTerms(content.slice(HEADER));
  }

  /** Little endian: magic `LSKT`, format (u16), zero (u16), the bits, SHA-256 of everything before it. */
  async encode(): Promise<Uint8Array> {
    const bytes = new Uint8Array(HEADER + this.#bits.length + DIGEST);
    bytes.set(new TextEncoder().encode(MAGIC));
    new DataView(bytes.buffer).setUint16(4, FORMAT, true);
    bytes.set(this.#bits, HEADER);
    bytes.set(await sha256(bytes.subarray(0, -DIGEST)), HEADER + this.#bits.length);
    return bytes;
  }

  has(hash: number): boolean {
    const step = stepOf(hash);
    let at = hash;
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = this.#bitOf(at);
      if ((this.#bits[bit >>> 3] & (1 << (bit & 7))) === 0) return false;
      at = (at + step) >>> 0;
    }
    return true;
  }

  #add(hash: number): void {
    const step = stepOf(hash);
    let at = hash;
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = this.#bitOf(at);
      this.#bits[bit >>> 3] |= 1 << (bit & 7);
      at = (at + step) >>> 0;
    }
  }

  #bitOf(hash: number): number {
    return Math.floor((hash * this.#bits.length * 8) / 2 ** 32);
  }
}

/** Raised whenever the same line would give other terms. */
const FORMAT = 1;
const MAGIC = 'LSKT';
const HEADER = 8;
const DIGEST = 32;
/** Best for eight bits a term: 8 · ln 2 = 5.5. */
const PROBES = 5;

/** Hashes of the terms of a line; reusable, grows as needed. */
export class TermList {
  hashes = new Uint32Array(1024);
  length = 0;

  add(hash: number): void {
    if (this.length === this.hashes.length) {
      const grown = new Uint32Array(2 * this.length);
      grown.set(this.hashes);
      this.hashes = grown;
    }
    this.hashes[this.length++] = hash;
  }
}

/** A word of letters, by the classes of `text/unit.ts`; digits may be in it, and make none alone: numbers are new every day. */
const SPACED = 1;
const UNSPACED = 2;

/** Lists the terms of `units[0..length)` in their order, each as often as it occurs. */
export function listTerms(units: Uint16Array, length: number, classes: UnitClasses, list: TermList): void {
  list.length = 0;
  let [word, wordLength, letters] = [0, 0, 0];
  for (let k = 0; k <= length; k++) {
    const kind = k < length ? classes[units[k]] : 0;
    if ((kind & 1) === 1) {
      word = extended(word, units[k]);
      wordLength++;
      if (kind === SPACED) letters++;
      continue;
    }
    if (wordLength >= 2 && letters > 0) list.add(mixed(word ^ WORD));
    [word, wordLength, letters] = [0, 0, 0];
    if (kind === UNSPACED && k > 0 && classes[units[k - 1]] === UNSPACED)
      list.add(mixed(extended(extended(PAIR, units[k - 1]), units[k])));
  }
}

/** Keep words and pairs apart. */
const WORD = 0x77;
const PAIR = 2;

const extended = (hash: number, unit: number): number => (Math.imul(hash, 0x9e3779b1) + unit) | 0;

/** MurmurHash3's finaliser, unsigned. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Odd, and of other bits than the hash itself. */
const stepOf = (hash: number): number => (Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f) | 1) >>> 0;
