import type { Sieve } from '../index.ts';
import type { Limits } from './limits.ts';
import { ProblemError } from './problem.ts';

/** The page at `/`: one document with its style sheet and its script, all from this service. */
export interface Page {
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

export interface Dependencies {
  /** Called for every check: gives the loaded sieve and loads it at most once (`once.ts`). */
  readonly sieve: () => Promise<Sieve> | Sieve;
  readonly version: string;
  readonly limits: Limits;
  /** No page, and 404 at `/`, where left out. */
  readonly page?: Page;
  /** Told of every error that the client gets no details of. */
  readonly report?: (error: unknown, requestId: string) => void;
}

/** The sieve, or a `not-ready` problem where it cannot be had; the cause is reported, not shown. */
export async function readySieve({ sieve, report }: Dependencies, requestId: string): Promise<Sieve> {
  try {
    return await sieve();
  } catch (error) {
    report?.(error, requestId);
    throw new ProblemError('not-ready', 'the model could not be loaded; try again later');
  }
}
