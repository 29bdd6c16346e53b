import { refusalOf, type FieldRefusal } from './field-problem.ts';
import type { FieldVerdict } from './field-verdict.ts';

export type { FieldVerdict } from './field-verdict.ts';

export interface FieldOptions {
  /** Judges a document: `(document) => client.check(document)`, or `(document) => sieve.check(document, { clean: true })`. */
  readonly check: (document: FieldDocument) => FieldVerdict | Promise<FieldVerdict>;
  /** The field of the body that is judged; of a field inside another, both names with a dot between them. */
  readonly field: string;
  /** What the field holds; plain text where left out. */
  readonly as?: 'text' | 'html' | 'markdown';
  /**
   * What becomes of `review` and `block`: `reject` (the default) answers 422 with a problem `flagged-content`, or, where `fallback` says
   * that the text was not judged, 503 with a problem `check-unavailable` and `Retry-After`, which nobody is to take for a judgement.
   * `tell` lets the handler decide by the verdict that it finds in the context, `fallback` included: it can keep the text for a person.
   * `clean` always goes on with the cleaned field.
   */
  readonly onFlagged?: 'reject' | 'tell';
}

export interface FieldDocument {
  readonly text?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly include: readonly ['cleaned'];
}

/** What becomes of a request: the handler gets `body`, or the sender gets `problem` with its status and `headers`. */
export type FieldOutcome =
  | { readonly body: unknown; readonly verdict: FieldVerdict | null }
  | (FieldRefusal & { readonly verdict: FieldVerdict });

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
  return { ...refusalOf(path, verdict), verdict };
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
