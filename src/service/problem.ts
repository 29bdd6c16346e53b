import type { Context } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';

/** What every handler finds in its context. */
export interface ServiceEnv {
  Variables: RequestIdVariables;
}

/** Every way a request can fail: the last part of the problem's `type`, its status and its title. */
export const PROBLEMS = {
  'empty-body': { status: 400, title: 'Empty body' },
  'unreadable-body': { status: 400, title: 'Unreadable body' },
  'invalid-utf8': { status: 400, title: 'Invalid UTF-8' },
  'invalid-json': { status: 400, title: 'Invalid JSON' },
  'too-deep': { status: 400, title: 'JSON nested too deeply' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'too-large': { status: 413, title: 'Body too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'invalid-request': { status: 422, title: 'Invalid request' },
  'internal-error': { status: 500, title: 'Internal error' },
  'not-ready': { status: 503, title: 'Not ready' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

/** One fault of the body: where it is (JSON pointer, RFC 6901; `''` is the whole body) and what is wrong there. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Members that some problems have beside those of RFC 9457. */
export interface ProblemExtras {
  readonly errors?: readonly FieldError[];
  /** The limit that was passed. */
  readonly limit?: number;
  /** UTF-16 units from the start of the body's text to the fault. */
  readonly position?: number;
}

/** Thrown for a request that cannot be answered; `app.ts` makes the problem document of it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly extras: ProblemExtras;

  /** `detail` names the offender, the limit and the remedy; it is shown to the client. */
  constructor(kind: ProblemKind, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.kind = kind;
    this.extras = extras;
  }
}

/** The `type` of a problem: a tag URI (RFC 4151), stable and not meant to be fetched. */
export function problemType(kind: ProblemKind): string {
  return `tag:linesieve,2026:${kind}`;
}

/** Answers with a problem document (RFC 9457). */
export function sendProblem(c: Context<ServiceEnv>, { kind, message, extras }: ProblemError): Response {
  const { status, title } = PROBLEMS[kind];
  const document = {
    type: problemType(kind),
    title,
    status,
    detail: message,
    ...extras,
    requestId: c.get('requestId'),
  };
  return c.body(JSON.stringify(document), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}
