/** A half-open range `[start, end)` in UTF-16 code units, so that `text.slice(start, end)` is the thing meant. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether what lies between two spans, from the end of one to the start of the next, makes them one. */
export type Bridge = (start: number, end: number) => boolean;

/** Sorts spans and joins those that touch or overlap, or that `bridge` joins. */
export function joinSpans(spans: readonly Span[], bridge: Bridge = () => false): Span[] {
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last !== undefined && (start <= last.end || bridge(last.end, start))) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Index of the first item that passes, `items.length` where none does; the items that fail come first. */
export function firstWhere<T>(items: ArrayLike<T>, passes: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(items[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
