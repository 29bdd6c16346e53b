/** What a request may weigh. Larger is refused, never half read. */
export interface Limits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** How deep arrays and objects of a JSON body may stand inside one another. */
  readonly jsonDepth: number;
}

/**
 * 5 MB are 1.6 million Chinese characters, a long novel: set by what a document can be, not by what the engine can bear. A valid
 * body is one object deep; 64 lets a client that nests by mistake read which field is wrong instead of how deep it is.
 */
export const DEFAULT_LIMITS: Limits = { bodyBytes: 5_000_000, jsonDepth: 64 };
