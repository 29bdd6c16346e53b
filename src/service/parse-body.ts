import type { Context } from 'hono';
import type * as z from 'zod';
import { readJson } from './body.ts';
import type { Dependencies } from './dependencies.ts';
import { fieldErrors } from './field-errors.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';

/**
 * The body of a request, held against its schema. Resources load theirs with the first request that needs them: made at the start, those of all
 * took an isolate 4 ms. Throws a `ProblemError` that points to every fault.
 */
export async function readBody<T extends z.ZodType>(
  c: Context<ServiceEnv>,
  { limits }: Dependencies,
  schema: T,
): Promise<z.infer<T>> {
  return parsed(schema, await readJson(c.req.raw, limits), 'the body');
}

/** The query of a request, held against its schema. Throws a `ProblemError`. */
export function readQuery<T extends z.ZodType>(c: Context<ServiceEnv>, schema: T): z.infer<T> {
  return parsed(schema, c.req.query(), 'the query');
}

function parsed<T extends z.ZodType>(schema: T, value: unknown, what: string): z.infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error.issues);
  const detail = errors.map(({ pointer, detail }) => `${pointer || what}: ${detail}`).join('; ');
  throw new ProblemError('invalid-request', detail, { errors });
}

/** Ids of other tenants are not told from ids that there are not. */
export function nothingAt(what: string, id: string): ProblemError {
  return new ProblemError('not-found', `you have no ${what} ${JSON.stringify(id.slice(0, 100).toWellFormed())}`);
}
