import type { Span } from '../text/span.ts';
import type { LineKind } from '../text/document.ts';
import type { Category } from '../rules/rule.ts';

/**
 * pass: nothing found · clean: spans found with confidence, the rest is publishable · review: a person must look ·
 * block: hardly any legitimate text would be left.
 */
export type VerdictKind = 'pass' | 'clean' | 'review' | 'block';

/** Why evidence was added or taken away; the weights of a span's reasons add up to its log-odds. */
export interface Reason {
  /** A stable ASCII code: `bayes`, `samples`, `rule:<id>`, `allow:<id>`, `list`, `styled`, `hidden`, `head`, `tail`, `script`, `links`, `prior`. */
  readonly code: string;
  /** Natural-log odds. */
  readonly weight: number;
  /** Where in the source a rule or an allow-term stands. */
  readonly start?: number;
  readonly end?: number;
  /** For `bayes`: the folded n-grams that weighed most, heaviest first. */
  readonly top?: readonly (readonly [feature: string, weight: number])[];
}

/** An injected span, in UTF-16 units of the document as received. */
export interface InjectedSpan extends Span {
  /** 1-based line of the text that was read. */
  readonly line: number;
  readonly category: Category;
  readonly logOdds: number;
  /** Calibrated P(spam). */
  readonly posterior: number;
  /** What the policy makes of the posterior: taken out without asking, or shown to a person. */
  readonly action: 'remove' | 'review';
  readonly reasons: readonly Reason[];
  /** Markup only: the parts of `start..end` that are taken out; absent where it is the whole range. */
  readonly pieces?: readonly Span[];
}

/** What was made of one line. `start` and `end` leave its line break out. */
export interface LineVerdict extends Span {
  readonly n: number;
  readonly kind: LineKind;
  readonly hidden: boolean;
  readonly label: 'legit' | 'spam' | 'mixed';
  readonly logOdds: number;
  readonly posterior: number;
}

/** A rule hit that an allow-term covers. */
export interface Suppressed extends Span {
  readonly rule: string;
  readonly allow: string;
}

export interface Coverage {
  readonly lines: number;
  /** UTF-16 units read. */
  readonly characters: number;
  /** Always false: what is too large is refused, never half read. */
  readonly truncated: false;
}

export interface EngineStamp {
  readonly version: string;
  /** SHA-256 in hexadecimal of the model, of the rules and of the policy. */
  readonly model: string;
  readonly rules: string;
  readonly policy: string;
  /** Of a service: why another model serves than the one that was promoted. */
  readonly degraded?: string;
}

export interface Verdict {
  readonly id: string;
  readonly verdict: VerdictKind;
  /** Of the strongest span, 0 where there is none. */
  readonly posterior: number;
  readonly spans: readonly InjectedSpan[];
  /** On request. */
  readonly lines?: readonly LineVerdict[];
  /** Hits that allow-terms took away, inside and outside of spans. Absent where there are none. */
  readonly suppressed?: readonly Suppressed[];
  /** On request: the document without the spans, everything else unit for unit. */
  readonly cleaned?: string;
  readonly coverage: Coverage;
  readonly engine: EngineStamp;
  readonly offsetUnit: 'utf16';
}
