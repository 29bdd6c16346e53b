import { checkField, type FieldOptions, type FieldVerdict } from './field.ts';

export type { FieldDocument, FieldOptions, FieldVerdict } from './field.ts';

/** What of Express' request is used; `linesieve` is set: the verdict, `null` where there was nothing to judge. */
interface ExpressRequest {
  body?: unknown;
  linesieve?: FieldVerdict | null;
}

interface ExpressResponse {
  status(code: number): ExpressResponse;
  set(headers: Readonly<Record<string, string>>): ExpressResponse;
  // Not `string`: Express' types would infer that every handler behind it sends strings.
  send(body?: unknown): unknown;
}

/**
 * Express middleware that judges one field of a parsed body (`express.json()` must stand before it) before the handler sees it: `req.body`
 * is the body with the cleaned field. No `Content-Type` leads past it: the handler has what the parser made, and the parser makes nothing
 * of a type that it does not take. A body that a parser leaves as a text (`express.text()`) is not judged, and the handler must not parse
 * it. An error of the check goes to `next`.
 */
export function linesieve(options: FieldOptions) {
  return async (request: ExpressRequest, response: ExpressResponse, next: (error?: unknown) => void): Promise<void> => {
    try {
      const outcome = await checkField(request.body, options);
      request.linesieve = outcome.verdict;
      if ('problem' in outcome) {
        const { problem, headers } = outcome;
        response.status(problem.status).set(headers).send(JSON.stringify(problem));
        return;
      }
      request.body = outcome.body;
    } catch (error) {
      next(error);
      return;
    }
    next();
  };
}
