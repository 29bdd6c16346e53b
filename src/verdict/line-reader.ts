/** A line that the first stage has weighed and not let pass. */
export interface ReadLine {
  /** Its evidence in steps. */
  readonly total: number;
  /** Its folded units: `units[0..length)`. */
  readonly units: Uint16Array;
  readonly length: number;
  /** Where a literal of the rules may stand: `starts[0..startCount)`, ascending. The caller may overwrite them. */
  readonly starts: Int32Array;
  readonly startCount: number;
}

/** Weighs lines by single units, bigrams and words. Not re-entrant: what it returns holds until the next line. */
export interface LineReader {
  /** Reads `text.slice(start, end)`; `null` where it has to be scored. Rules are not looked at. */
  read(text: string, start: number, end: number): ReadLine | null;
}
