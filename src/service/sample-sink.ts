import type { Context } from 'hono';
import type { CheckInput } from '../index.ts';
import type { ServiceEnv } from './problem.ts';

/** What a person says of a document that was, or could have been, checked. */
export interface SubmittedSample {
  readonly label: 'legit' | 'spam';
  readonly input: CheckInput;
  /** Id of the verdict that it confirms or corrects, where the client sent it. */
  readonly verdictId: string | null;
  /** The protocol that it came by. */
  readonly via: 'akismet';
}

/** Takes samples in; durable once fulfilled. */
export interface SampleSink {
  add(c: Context<ServiceEnv>, sample: SubmittedSample): Promise<void>;
}
