/** What a check says of a field; both the client and a sieve say it. */
export interface FieldVerdict {
  readonly verdict: 'pass' | 'clean' | 'review' | 'block';
  readonly posterior: number;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly category: string }[];
  readonly cleaned?: string;
  /** Why the text was not judged, of a client with `onTimeout`; not set where it was. */
  readonly fallback?: 'timeout' | 'unavailable' | undefined;
}
