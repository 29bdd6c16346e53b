import { hash } from 'node:crypto';
import { keyOf, type Place } from '../../audit/source.ts';

/**
 * What documents of a run had in them: `contents.bin`, 16 bytes each, 8 of a hash of the place and 8 of a hash of the content. Two of ten million
 * documents share the first with a chance of one in 400,000.
 */
export const CONTENT_BYTES = 16;
const HALF = CONTENT_BYTES / 2;

export function contentEntry(place: Place, digest: string): Buffer {
  return writeEntry(Buffer.alloc(CONTENT_BYTES), 0, place, digest);
}

function writeEntry(bytes: Buffer, at: number, place: Place, digest: string): Buffer {
  bytes.write(hash('sha256', keyOf(place)), at, HALF, 'hex');
  bytes.write(digest, at + HALF, HALF, 'hex');
  return bytes;
}

/** Entries one behind the other: each in an array of its own was garbage that outlived the quick collections, 140 MB of it for a gigabyte of rows. */
export class ContentEntries {
  #bytes = Buffer.alloc(CONTENT_BYTES * 512);
  #length = 0;

  /** The entry of a document; holds until the next. */
  next(place: Place, digest: string): Uint8Array {
    const end = this.#length + CONTENT_BYTES;
    if (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * this.#bytes.length);
    return writeEntry(this.#bytes, this.#length, place, digest).subarray(this.#length, end);
  }

  /** The last entry stays. */
  keep(): void {
    this.#length += CONTENT_BYTES;
  }

  kept(): Uint8Array {
    return new Uint8Array(this.#bytes.subarray(0, this.#length));
  }
}

/** Entries of an earlier run, sorted once, looked up by all threads. Memory: the file, once. */
export class KnownContents {
  readonly #words: BigUint64Array;

  /** Over what `sortContents` gave. */
  constructor(sorted: SharedArrayBuffer) {
    this.#words = new BigUint64Array(sorted);
  }

  /** Whether a document was there with this content. */
  has(entry: Uint8Array): boolean {
    const [place, content] = new BigUint64Array(new Uint8Array(entry).buffer);
    let low = 0;
    let high = this.#words.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[2 * middle] < place) low = middle + 1;
      else high = middle;
    }
    return this.#words[2 * low] === place && this.#words[2 * low + 1] === content;
  }
}

/** The bytes of contents.bin, by place, of several entries of one place the last. */
export function sortContents(bytes: Uint8Array): SharedArrayBuffer {
  const count = Math.floor(bytes.length / CONTENT_BYTES);
  // A copy: what a file was read into may begin anywhere.
  const words = new BigUint64Array(new Uint8Array(bytes.subarray(0, count * CONTENT_BYTES)).buffer);
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) =>
    words[2 * a] < words[2 * b] ? -1 : words[2 * a] > words[2 * b] ? 1 : a - b,
  );
  const last = order.filter((at, i) => i + 1 === count || words[2 * at] !== words[2 * order[i + 1]]);
  const shared = new SharedArrayBuffer(last.length * CONTENT_BYTES);
  const sorted = new BigUint64Array(shared);
  for (const [i, at] of last.entries()) sorted.set(words.subarray(2 * at, 2 * at + 2), 2 * i);
  return shared;
}
