import { Hono } from 'hono';
import type { CheckInput, CheckOptions } from '../index.ts';
import { readJson } from './body.ts';
import { readySieve, type Dependencies } from './dependencies.ts';
import { fieldErrors } from './field-errors.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { checkRequest } from './schemas.ts';

/** `POST /v1/check`: one document in, its verdict out. */
export function checkResource(dependencies: Dependencies) {
  return new Hono<ServiceEnv>().post('/v1/check', async (c) => {
    const { lines, explain, clean, ...input } = parseRequest(await readJson(c.req.raw, dependencies.limits));
    const sieve = await readySieve(dependencies, c.get('requestId'));
    return c.json(sieve.check(input, { lines: lines ?? false, explain: explain ?? false, clean: clean ?? false }));
  });
}

function parseRequest(body: unknown): CheckInput & CheckOptions {
  const parsed = checkRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error.issues);
  const detail = errors.map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`).join('; ');
  throw new ProblemError('invalid-request', detail, { errors });
}
