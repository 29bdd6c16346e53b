/** The client of the service: `fetch` and types, no dependency. */
export { LinesieveClient } from './client.ts';
export type { CallOptions, ClientOptions, VerdictsQuery } from './client.ts';
export { LinesieveError } from './problem.ts';
export type { RetryChoice, RetryOptions } from './retry.ts';
export type * from './types.ts';
