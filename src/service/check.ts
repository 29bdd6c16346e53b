import { Hono } from 'hono';
import type * as z from 'zod';
import type { CheckInput } from '../index.ts';
import { jsonAnswer } from './answer-headers.ts';
import { readJson } from './body.ts';
import type { Dependencies } from './dependencies.ts';
import { fieldErrors } from './field-errors.ts';
import { judgeSent, keep, siteOf } from './judge.ts';
import type { Asked } from './judged.ts';
import { ProblemError, type ServiceEnv } from './problem.ts';
import { checkRequest } from './schemas-request.ts';

type CheckRequest = z.infer<typeof checkRequest>;

/** `POST /v1/check`: one document in, its verdict out. */
export function checkResource(dependencies: Dependencies) {
  return new Hono<ServiceEnv>().post('/v1/check', async (c) => {
    const request = parseRequest(await readJson(c.req.raw, dependencies.limits));
    const site = await siteOf(dependencies, c);
    const judged = judgeSent(dependencies, site, inputOf(request), askedOf(request));
    await keep(dependencies, c, [judged]);
    return jsonAnswer(c, judged.answer);
  });
}

function parseRequest(body: unknown): CheckRequest {
  const parsed = checkRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error.issues);
  const detail = errors.map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`).join('; ');
  throw new ProblemError('invalid-request', detail, { errors });
}

function inputOf({ text, html, markdown, id }: CheckRequest): CheckInput {
  return {
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
    ...(markdown === undefined ? {} : { markdown }),
    ...(id === undefined ? {} : { id }),
  };
}

/** `include` and the older flags say the same; either is enough. */
export function askedOf({ include = [], lines, explain, clean, mode, policy }: Omit<CheckRequest, 'text'>): Asked {
  return {
    lines: lines === true || include.includes('lines'),
    explain: explain === true || include.includes('reasons'),
    clean: clean === true || include.includes('cleaned'),
    folded: include.includes('folded'),
    ...(mode === undefined ? {} : { mode }),
    ...(policy === undefined ? {} : { policy }),
  };
}
