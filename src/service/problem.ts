import type { Context } from 'hono';
import type { RequestIdVariables } from 'hono/request-id';
import type { TenantContext } from './tenant.ts';

/** What every handler finds in its context. */
export interface ServiceEnv {
  Variables: RequestIdVariables & {
    /** The answer has all its headers from the start. */
    complete?: boolean;
    /** Set once a key was good. */
    tenant?: TenantContext;
    /** Under which the verdict of a single check was logged. */
    verdictId?: string;
    /** Set once the request was counted: a batch is logged in parts. */
    counted?: boolean;
  };
}

/** Every way a request can fail: the last part of the problem's `type`, its status and its title. */
export const PROBLEMS = {
  'empty-body': { status: 400, title: 'Empty body' },
  'unreadable-body': { status: 400, title: 'Unreadable body' },
  'invalid-utf8': { status: 400, title: 'Invalid UTF-8' },
  'invalid-json': { status: 400, title: 'Invalid JSON' },
  'too-deep': { status: 400, title: 'JSON nested too deeply' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  'in-progress': { status: 409, title: 'Still in progress' },
  'not-retained': { status: 409, title: 'Text not kept' },
  'engine-differs': { status: 409, title: 'Engine differs' },
  'too-large': { status: 413, title: 'Body too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'invalid-request': { status: 422, title: 'Invalid request' },
  'key-reused': { status: 422, title: 'Idempotency key reused' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Internal error' },
  'not-ready': { status: 503, title: 'Not ready' },
} as const;

export type ProblemKind = keyof typeof PROBLEMS;

/**
 * One fault: where it is and what is wrong there. A JSON pointer (RFC 6901) into the body, `''` for the whole of it; a parameter of the query,
 * the path or the headers is `/` and its name.
 */
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
  /** The scope that the key lacks. */
  readonly scope?: string;
  /** Parts of the engine stamp that are not what they were. */
  readonly differs?: readonly string[];
}

/** Thrown for a request that cannot be answered; `app.ts` makes the problem document of it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly extras: ProblemExtras;
  readonly headers: Readonly<Record<string, string>>;

  /** `detail` names the offender, the limit and the remedy; it is shown to the client. */
  constructor(
    kind: ProblemKind,
    detail: string,
    extras: ProblemExtras = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.kind = kind;
    this.extras = extras;
    this.headers = headers;
  }
}

/** The `type` of a problem: a tag URI (RFC 4151), stable and not meant to be fetched. */
export function problemType(kind: ProblemKind): string {
  return `tag:linesieve,2026:${kind}`;
}

/** Answers with a problem document (RFC 9457). */
export function sendProblem(c: Context<ServiceEnv>, { kind, message, extras, headers }: ProblemError): Response {
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
    ...headers,
  });
}
