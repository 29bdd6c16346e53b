/** A half-open range of UTF-16 units. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a filter made of one line whose truth is known. */
export interface Observation {
  readonly id: string;
  readonly text: string;
  readonly isSpam: boolean;
  /** True category, `''` for honest lines. */
  readonly category: string;
  readonly language: string;
  readonly kind: string;
  readonly source: string;
  /** Natural-log odds of spam: what curves are drawn over. */
  readonly score: number;
  /** Calibrated P(spam), 0 to 1. */
  readonly posterior: number;
  readonly action: 'pass' | 'review' | 'remove';
  /** Category of the strongest span, `''` where there is none. */
  readonly foundCategory: string;
  readonly spans: readonly Range[];
  /** Rules that hit anywhere in the line; decisive where they hit in a span whose log-odds without them are 0 or less. */
  readonly rules: readonly { readonly id: string; readonly decisive: boolean }[];
}

/** What a filter made of one document: where spam was put, and what was found. Ranges are sorted and do not overlap. */
export interface DocumentOutcome {
  /** Name of the way the spam was joined to the text. */
  readonly joint: string;
  readonly truth: readonly Range[];
  readonly found: readonly Range[];
}
