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
  readonly #first = new Map<string, number>();

  /** Returns the span's number, from 0. */
  add({ text, hosts }: FoundSpan): number {
    const number = this.#parent.length;
    const sketch = sketchOf(text);
    this.#parent.push(number);
    this.#sketches.push(sketch);
    for (let start = 0; start < HASHES; start += ROWS) {
      const other = this.#meet(`${start}:${sketch.subarray(start, start + ROWS).join(' ')}`, number);
      if (other !== number && similarity(sketch, this.#sketches[other]) >= LEAST) this.#join(other, number);
    }
    for (const host of hosts) if (!SHARED_HOSTS.has(host)) this.#join(this.#meet(host, number), number);
    return number;
  }

  /** The number of the first span of a span's group. */
  groupOf(number: number): number {
    let root = number;
    while (this.#parent[root] !== root) root = this.#parent[root] = this.#parent[this.#parent[root]];
    return root;
  }

  #meet(key: string, number: number): number {
    const other = this.#first.get(key);
    if (other === undefined) this.#first.set(key, number);
    return other ?? number;
  }

  #join(a: number, b: number): void {
    const [low, high] = [this.groupOf(a), this.groupOf(b)].sort((x, y) => x - y);
    this.#parent[high] = low;
  }
}
