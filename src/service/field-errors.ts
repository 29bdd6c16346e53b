import type * as z from 'zod';
import type { FieldError } from './problem.ts';

/** Faults that one answer lists: enough for every field there is, and no echo of a body full of unknown ones. */
export const MOST_ERRORS = 20;
/** Longest pointer that is given back, in UTF-16 units; a longer name is told of at the object that holds it. */
const LONGEST_POINTER = 200;

/** The faults that a schema found, as JSON pointers: first come, first listed, `MOST_ERRORS` at most. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap(errorsOf).slice(0, MOST_ERRORS);
}

function errorsOf(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys') return [errorAt(issue.path, issue.message)];
  return issue.keys.slice(0, MOST_ERRORS).map((key) => errorAt([...issue.path, key], 'unknown field; leave it out'));
}

function errorAt(path: readonly PropertyKey[], detail: string): FieldError {
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (pointer.length <= LONGEST_POINTER) return { pointer, detail };
  const start = String(path.at(-1)).slice(0, 40).toWellFormed();
  return {
    pointer: '',
    detail: `${detail} (its name has ${String(path.at(-1)).length} characters and starts with ${start})`,
  };
}
