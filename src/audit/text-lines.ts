/** What ends a line in SARIF regions of ours; a run states them as `newlineSequences`. */
export const NEWLINE_SEQUENCES = ['\r\n', '\n', '\r', '\u2028', '\u2029'] as const;

/** Lines and columns from 1, in UTF-16 units; the end is exclusive. */
export interface TextRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where offsets of a text stand in its lines. Building it is linear, a question logarithmic. */
export class TextLines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const { index, 0: mark } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) this.#starts.push(index + mark.length);
  }

  regionOf({ start, end }: { readonly start: number; readonly end: number }): TextRegion {
    const first = this.#lineAt(start);
    const last = this.#lineAt(end);
    return {
      startLine: first + 1,
      startColumn: start - this.#starts[first] + 1,
      endLine: last + 1,
      endColumn: end - this.#starts[last] + 1,
    };
  }

  /** The last line that starts at or before an offset, from 0. */
  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
