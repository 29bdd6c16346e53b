import type { CheckInput, CheckOptions, InjectedSpan, Sieve, SieveOptions, Verdict } from '../index.ts';

export type Mode = 'enforce' | 'shadow';

/** What a client asks for beside the document. */
export interface Asked extends CheckOptions {
  /** The folded text of every span. */
  readonly folded?: boolean;
  readonly mode?: Mode;
}

/** A verdict as it is sent: in shadow mode a pass that carries what would have been said. */
export interface Answer extends Verdict {
  readonly spans: readonly (InjectedSpan & { readonly folded?: string })[];
  readonly shadow?: Verdict;
}

/** One document that was judged: what is logged, and what is answered. */
export interface Judged {
  readonly input: CheckInput;
  readonly asked: Asked;
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly answer: Answer;
  /** Id of the verdict in the log; one is made where it is left out. */
  readonly verdictId?: string;
}

/** What judges the documents of one client. */
export interface Site {
  readonly sieve: Sieve;
  /** What the sieve was made of, so that another thread can make the same; left out: the base sieve as it is. */
  readonly made?: SieveOptions;
  /** The policy where a request names none; the sieve's own where left out. */
  readonly policy?: string;
  /** Why it is not the model that was wanted. */
  readonly degraded?: string;
}
