/** What a check says of a field; both the client and a sieve say it. */
export interface FieldVerdict {
  readonly verdict: 'pass' | 'clean' | 'review' | 'block';
  readonly posterior: number;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly category: string }[];
  readonly cleaned?: string;
}

export interface FieldOptions {
  /** Judges a document: `(document) => client.check(document)`, or `(document) => sieve.check(document, { clean: true })`. */
  readonly check: (document: FieldDocument) => FieldVerdict | Promise<FieldVerdict>;
  /** The field of the body that is judged; of a field inside another, both names with a dot between them. */
  readonly field: string;
  /** What the field holds; plain text where left out. */
  readonly as?: 'text' | 'html' | 'markdown';
  /**
   * What becomes of `review` and `block`: `reject` (the default) answers 422, `tell` lets the handler decide by the verdict that it
   * finds in the context. `clean` always goes on with the cleaned field.
   */
  readonly onFlagged?: 'reject' | 'tell';
}

export interface FieldDocument {
  readonly text?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly include: readonly ['cleaned'];
}

/** What becomes of a request: the handler gets `body`, or the client gets `problem` with status 422. */
export type FieldOutcome =
  | { readonly body: unknown; readonly verdict: FieldVerdict | null }
  | { readonly problem: FieldProblem; readonly verdict: FieldVerdict };

/** A problem document (RFC 9457). */
export interface FieldProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

/**
 * Judges the field of a body. A body without the field, or with something else than a text in it, goes on as it is: whether it may be
 * so is for the handler to say. The body given is not changed.
 */
export async function checkField(
  body: unknown,
  { check, field, as = 'text', onFlagged = 'reject' }: FieldOptions,
): Promise<FieldOutcome> {
  const path = field.split('.');
  const value = valueAt(body, path);
  if (typeof value !== 'string' || value === '') return { body, verdict: null };
  const verdict = await check({ [as]: value, include: ['cleaned'] });
  if (verdict.verdict === 'clean' && verdict.cleaned !== undefined) {
    return { body: withValue(body, path, verdict.cleaned), verdict };
  }
  if (verdict.verdict === 'pass' || onFlagged === 'tell') return { body, verdict };
  return { problem: problemOf(path, verdict), verdict };
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    body,
  );
}

function withValue(body: unknown, [name = '', ...rest]: readonly string[], value: string): unknown {
  const object = body as Readonly<Record<string, unknown>>;
  return { ...object, [name]: rest.length === 0 ? value : withValue(object[name], rest, value) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemOf(path: readonly string[], { verdict, spans }: FieldVerdict): FieldProblem {
  const categories = [...new Set(spans.map(({ category }) => category))].join(', ') || 'no span';
  const detail = `the text was taken for spam (${verdict}: ${categories}); take it out and send again`;
  const pointer = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return {
    type: 'tag:linesieve,2026:flagged-content',
    title: 'Flagged content',
    status: 422,
    detail,
    errors: [{ pointer, detail }],
  };
}
