import type { Verdict } from '../verdict/verdict.ts';

export type { InjectedSpan, LineVerdict, Reason, Verdict, VerdictKind } from '../verdict/verdict.ts';

/** One document: exactly one of `text`, `html` and `markdown`. */
export interface CheckDocument {
  readonly text?: string;
  readonly html?: string;
  readonly markdown?: string;
  /** Your name for the document; it comes back in the answer. */
  readonly id?: string;
}

/** What a verdict shall hold, and how it is reached. */
export interface CheckAsk {
  readonly include?: readonly ('lines' | 'reasons' | 'cleaned' | 'folded')[];
  /** `shadow`: score and log, never act; the answer is a pass that carries the verdict under `shadow`. */
  readonly mode?: 'enforce' | 'shadow';
  /** Name of a policy of the service. */
  readonly policy?: string;
}

/** A verdict of the service; `fallback` tells it from a `FallbackAnswer`. */
export type CheckAnswer = Verdict & { readonly shadow?: Verdict; readonly fallback?: undefined };

/**
 * What stands in for a verdict that did not come. `verdict` is what `onTimeout` says; nothing was read, so there are no spans
 * and no engine, and `fallback` says so.
 */
export interface FallbackAnswer {
  readonly id?: string;
  readonly verdict: 'pass' | 'review';
  readonly posterior: 0;
  readonly spans: readonly [];
  /** `timeout`: no answer in time. `unavailable`: at the last attempt there was no connection, or a 429, 502, 503 or 504. */
  readonly fallback: 'timeout' | 'unavailable';
}

/** A row of a batch that could not be judged. */
export interface BatchError {
  readonly id: string;
  readonly error: { readonly code: string; readonly detail: string };
}

/** A verdict in the log of the service, without its heavy parts. */
export interface VerdictSummary {
  readonly id: string;
  readonly verdict: Verdict['verdict'];
  readonly posterior: number;
  readonly [field: string]: unknown;
}

export interface VerdictPage {
  /** Newest first. */
  readonly verdicts: readonly VerdictSummary[];
  /** To be passed as `cursor` for the next page; `null` on the last. */
  readonly next: string | null;
}

/** A person's label: either a text, or a span of a logged verdict's document. */
export interface NewSample {
  readonly text?: string;
  /** Id of the verdict that it confirms or corrects. */
  readonly verdictId?: string;
  /** With `verdictId`: where in its document, in UTF-16 units. */
  readonly span?: { readonly start: number; readonly end: number };
  readonly label: 'legit' | 'spam';
  readonly category?: string;
  readonly language?: string;
  /** Who says so; the key where left out. */
  readonly author?: string;
  readonly documentId?: string;
}

/** What became of a label. */
export interface SampleAnswer {
  readonly id: string;
  /** `duplicate`: it was known. `conflict`: somebody else says otherwise; it waits for a decision. */
  readonly outcome: 'added' | 'duplicate' | 'conflict';
  /** The sample that it meets. */
  readonly with: string | null;
  readonly [field: string]: unknown;
}

/** Work of the service that goes on after its answer. */
export interface Job {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1. */
  readonly progress: number;
  readonly stage: string;
  /** Of a build: `digest`, `passed`, `promoted`, `failures`. */
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: string | null;
}
