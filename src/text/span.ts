/** A half-open range `[start, end)` in UTF-16 code units, so that `text.slice(start, end)` is the thing meant. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
