import type { MiddlewareHandler } from 'hono';
import { checkField, type FieldOptions, type FieldVerdict } from './field.ts';

export type { FieldDocument, FieldOptions, FieldVerdict } from './field.ts';

export interface LinesieveVariables {
  Variables: {
    /** The verdict on the field; `null` where there was nothing to judge. */
    linesieve: FieldVerdict | null;
  };
}

/**
 * Hono middleware that judges one field of a JSON body before the handler sees it: `c.req.json()` gives the body with the cleaned
 * field. Bodies that are no JSON go on as they are. An error of the check is the app's (`onError`).
 */
export function linesieve(options: FieldOptions): MiddlewareHandler<LinesieveVariables> {
  return async (c, next) => {
    c.set('linesieve', null);
    if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(c.req.header('Content-Type') ?? '')) return await next();
    const text = await c.req.text();
    const body = parsed(text);
    if (body === undefined) return await next();
    const outcome = await checkField(body, options);
    c.set('linesieve', outcome.verdict);
    if ('problem' in outcome) return c.json(outcome.problem, outcome.problem.status, outcome.headers);
    if (outcome.body !== body) replaceBody(c.req, JSON.stringify(outcome.body));
    return await next();
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the handler reads from now on; what was kept of the body as it came is dropped. */
function replaceBody(request: { raw: Request; bodyCache: object }, body: string): void {
  const { url, method, headers, signal } = request.raw;
  const own = new Headers(headers);
  own.delete('Content-Length');
  request.raw = new Request(url, { method, headers: own, body, signal });
  request.bodyCache = {};
}
