import type { Span } from '../text/span.ts';

/** An allow-term where it stands, in folded positions. */
export interface AllowSpan extends Span {
  /** Index of the term in its rule set. */
  readonly term: number;
}

/** One hit of a rule, in folded positions. */
export interface Hit extends Span {
  /** Index of the rule in its rule set. */
  readonly rule: number;
  readonly weight: number;
  /** Index into `RuleHits.allowed` of the allow-term that covers the hit, -1 where none does. */
  readonly allowedBy: number;
}

/** What the rules found in one line; used again for the next one. */
export class RuleHits {
  /** In order of their ends. */
  readonly hits: Hit[] = [];
  readonly allowed: AllowSpan[] = [];

  /** Sum of the weights, natural-log odds: the most that rules can add to any span of the line. */
  get weight(): number {
    let sum = 0;
    for (const hit of this.hits) sum += hit.weight;
    return sum;
  }

  clear(): void {
    if (this.hits.length > 0) this.hits.length = 0;
    if (this.allowed.length > 0) this.allowed.length = 0;
  }
}
