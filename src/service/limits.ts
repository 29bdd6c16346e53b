/** What a request may weigh. Larger is refused, never half read. */
export interface Limits {
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** Bytes of a row of a batch; those of a body where left out. */
  readonly rowBytes?: number;
  /** How deep arrays and objects of a JSON body may stand inside one another. */
  readonly jsonDepth: number;
  /** Lines of a document. */
  readonly documentLines: number;
  /** UTF-16 units of a line of a document, its markup included. */
  readonly lineLength: number;
}

/**
 * 5 MB are 1.6 million Chinese characters, a long novel: set by what a document can be, not by what the engine can bear. A valid
 * body is one object deep; 64 lets a client that nests by mistake read which field is wrong instead of how deep it is. A novel has some 20,000
 * lines; each costs an entry of the answer that asks for them. A line may be as long as a body: the engine reads it in windows, in linear time; who
 * knows that the lines of a site are shorter says so.
 */
export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 5_000_000,
  jsonDepth: 64,
  documentLines: 100_000,
  lineLength: 5_000_000,
};
