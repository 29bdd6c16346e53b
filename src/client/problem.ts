/** Thrown for an answer that is no success: the problem document (RFC 9457) of the service. */
export class LinesieveError extends Error {
  override readonly name = 'LinesieveError';
  readonly status: number;
  /** The last part of the problem's type, for instance `invalid-request`; `unknown` where the answer was no problem document. */
  readonly code: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  readonly requestId: string | null;
  /** The header `Retry-After` as it came: seconds or a date; `null` where there was none. */
  readonly retryAfter: string | null;

  constructor(status: number, document: Readonly<Record<string, unknown>>, retryAfter: string | null = null) {
    const { type, detail, errors, requestId } = document;
    super(typeof detail === 'string' ? detail : `the service answered ${status}`);
    this.status = status;
    this.code = typeof type === 'string' ? (type.split(':').at(-1) ?? 'unknown') : 'unknown';
    this.errors = Array.isArray(errors) ? (errors as LinesieveError['errors']) : [];
    this.requestId = typeof requestId === 'string' ? requestId : null;
    this.retryAfter = retryAfter;
  }
}

/** The error that an answer is; reads its body to the end, so that the connection can be used again. */
export async function errorOf(response: Response): Promise<LinesieveError> {
  const document: unknown = await response.json().catch(() => null);
  const isObject = typeof document === 'object' && document !== null;
  const known = isObject ? (document as Record<string, unknown>) : {};
  return new LinesieveError(response.status, known, response.headers.get('Retry-After'));
}
