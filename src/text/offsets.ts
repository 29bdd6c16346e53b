import type { TextDocument } from './document.ts';
import type { Span } from './span.ts';

/** A span of the text that was read, as a span of the source. An empty one stands where its first unit would. */
export function toSource({ offsets, source }: TextDocument, { start, end }: Span): Span {
  if (offsets === null) return { start, end };
  const from = start < offsets.starts.length ? offsets.starts[start] : source.length;
  return { start: from, end: end > start ? offsets.ends[end - 1] : from };
}

/** The span of the text that was read whose units lie within a span of the source. */
export function toText({ offsets }: TextDocument, { start, end }: Span): Span {
  if (offsets === null) return { start, end };
  const first = firstAtLeast(offsets.starts, start);
  return { start: first, end: Math.max(first, firstAtLeast(offsets.starts, end)) };
}

/** Index of the first value that is not below `least`; the values never decrease. */
export function firstAtLeast(values: Uint32Array, least: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
