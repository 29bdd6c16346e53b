import { HASHES, similarity, sketchOf, type Sketch } from './sketch.ts';
import type { FoundSpan } from './finding-row.ts';

/** Eight bands of four: half of the pairs at a similarity of .55 meet in one, nine in ten at .7. */
const ROWS = 4;
/** Below, two lists share a word or two and nothing else; above the false meetings of the bands. Chosen, not fitted. */
const LEAST = 0.4;
/** Hosts that anyone may link to: they tie nothing together. */
const SHARED_HOSTS = new Set(
  't.me telegram.me wa.me line.me discord.gg youtube.com youtu.be facebook.com twitter.com x.com instagram.com google.com bit.ly'.split(
    ' ',
  ),
);

/**
 * Groups spans: two belong together where their words are near duplicates or they link to the same host. Linear in the
 * number of spans but for buckets: a span is compared with the first of each bucket only. Memory: 128 bytes a span and
 * a key for each bucket.
 */
export class CampaignGroups {
  readonly #parent: number[] = [];
  readonly #sketches: Sketch[] = [];
  /** By band and hosts: the first span of each bucket. */
  readonly #first: readonly Map<number, number>[] = Array.from({ length: HASHES / ROWS }, () => new Map());
  readonly #firstOfHost = new Map<string, number>();

  /** Returns the span's number, from 0. */
  add({ text, hosts }: FoundSpan): number {
    const number = this.#parent.length;
    const sketch = sketchOf(text);
    this.#parent.push(number);
    this.#sketches.push(sketch);
    for (const [band, buckets] of this.#first.entries()) {
      const other = meet(buckets, bandKey(sketch, band * ROWS), number);
      if (other !== number && similarity(sketch, this.#sketches[other]) >= LEAST) this.#join(other, number);
    }
    for (const host of hosts) if (!SHARED_HOSTS.has(host)) this.#join(meet(this.#firstOfHost, host, number), number);
    return number;
  }

  /** The number of the first span of a span's group. */
  groupOf(number: number): number {
    let root = number;
    while (this.#parent[root] !== root) root = this.#parent[root] = this.#parent[this.#parent[root]];
    return root;
  }

  #join(a: number, b: number): void {
    const [low, high] = [this.groupOf(a), this.groupOf(b)].sort((x, y) => x - y);
    this.#parent[high] = low;
  }
}

/** The first span of a bucket, which is `number` itself where there is none yet. */
function meet<Key>(buckets: Map<Key, number>, key: Key, number: number): number {
  const other = buckets.get(key);
  if (other === undefined) buckets.set(key, number);
  return other ?? number;
}

/** `ROWS` places of a sketch as 53 bits: what falls together by chance is told apart by its similarity. */
function bandKey(sketch: Sketch, start: number): number {
  let high = 0;
  let low = 0;
  for (let i = start; i < start + ROWS; i++) {
    high = Math.imul(high ^ sketch[i], 0x01000193);
    low = Math.imul(low + sketch[i], 0x9e3779b1);
  }
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0);
}
