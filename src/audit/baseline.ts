export type BaselineState = 'new' | 'unchanged';

/** A finding of an earlier run, as far as reports name it. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly place: string;
  readonly category: string;
  /** The start of the span. */
  readonly text: string;
  /** Day of that run, ISO 8601. */
  readonly seen: string;
}

/** The findings of an earlier run, by fingerprint: which of today's are new, and which are gone. */
export class Baseline {
  readonly #before: Map<string, KnownFinding>;
  readonly #seen = new Set<string>();
  #new = 0;

  constructor(findings: Iterable<KnownFinding>) {
    this.#before = new Map([...findings].map((finding) => [finding.fingerprint, finding]));
  }

  /** Counts a finding. */
  stateOf(fingerprint: string): BaselineState {
    if (!this.#before.has(fingerprint)) {
      this.#new++;
      return 'new';
    }
    this.#seen.add(fingerprint);
    return 'unchanged';
  }

  /** The day of the earlier run, where it had the finding. */
  seenOn(fingerprint: string): string | undefined {
    return this.#before.get(fingerprint)?.seen;
  }

  /** What no call of `stateOf` has named, in the order of the earlier run. */
  *gone(): Generator<KnownFinding> {
    for (const finding of this.#before.values()) if (!this.#seen.has(finding.fingerprint)) yield finding;
  }

  counts(): { readonly new: number; readonly unchanged: number; readonly gone: number } {
    return { new: this.#new, unchanged: this.#seen.size, gone: this.#before.size - this.#seen.size };
  }
}
