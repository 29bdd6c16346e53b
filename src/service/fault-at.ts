import { ProblemError } from './problem.ts';

/** The problem of a request with one fault; `pointer` as in `FieldError`. */
export function faultAt(
  pointer: string,
  detail: string,
  kind: 'invalid-request' | 'key-reused' = 'invalid-request',
): ProblemError {
  return new ProblemError(kind, `${pointer || 'the body'}: ${detail}`, { errors: [{ pointer, detail }] });
}
