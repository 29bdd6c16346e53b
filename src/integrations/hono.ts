import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isFormOrBinary } from './body-type.ts';
import { checkField, type FieldOptions, type FieldVerdict } from './field.ts';

export type { FieldDocument, FieldOptions, FieldVerdict } from './field.ts';

export interface LinesieveVariables {
  Variables: {
    /** The verdict on the field; `null` where there was nothing to judge. */
    linesieve: FieldVerdict | null;
  };
}

/**
 * Hono middleware that judges one field of a JSON body, whatever its `Content-Type`, before the handler sees it: `c.req.json()` gives the
 * body with the cleaned field. A body that is no JSON goes on as it is, and so does one that is called a form, an image, audio, video or
 * `application/octet-stream`, which is not read here; as JSON it is not to be had: `c.req.json()` rejects with an `HTTPException` of 415.
 * Who parses the text of such a body on his own parses what nobody judged. An error of the check is the app's (`onError`).
 */
export function linesieve(options: FieldOptions): MiddlewareHandler<LinesieveVariables> {
  return async (c, next) => {
    c.set('linesieve', null);
    if (!mayHaveBody(c.req.method)) return await next();
    if (isFormOrBinary(c.req.header('Content-Type') ?? '')) {
      c.req.json = refuseJson;
      return await next();
    }
    const bytes = await c.req.arrayBuffer();
    const body = parsed(bytes);
    const outcome = await checkField(body, options);
    c.set('linesieve', outcome.verdict);
    if ('problem' in outcome) return c.json(outcome.problem, outcome.problem.status, outcome.headers);
    const isChanged = outcome.body !== body;
    replaceBody(c.req, isChanged ? new TextEncoder().encode(JSON.stringify(outcome.body)) : bytes, isChanged);
    return await next();
  };
}

/** Hono parses JSON of any type: a type that is not read must not be a way past the check. */
async function refuseJson(): Promise<never> {
  throw new HTTPException(415, { message: 'JSON must not be sent as a form or as binary; send application/json' });
}

/** No runtime makes a `Request` of these with a body. */
function mayHaveBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** The JSON in a body as `c.req.json()` reads it; `undefined` where it is none. */
function parsed(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * What the handler reads from now on, unread in `raw` too; what was kept of the body as it came is dropped. Costs one copy of the body.
 * Bytes, because a text would lose what is no UTF-8, and would bring a `Content-Type` where there was none.
 */
function replaceBody(request: { raw: Request; bodyCache: object }, body: BufferSource, isChanged: boolean): void {
  const { method } = request.raw;
  const headers = new Headers(request.raw.headers);
  if (isChanged) headers.delete('Content-Length');
  // Made of the request itself, which has more than its parts: `cf` on Workers.
  request.raw = new Request(request.raw, { method, headers, body });
  request.bodyCache = {};
}
