import { checkDeclaredLength, checkUncompressed, readBytes } from './body.ts';
import type { Limits } from './limits.ts';
import { ProblemError } from './problem.ts';

/** The fields of a form by name; of a name that comes twice, the first. */
export type Form = ReadonlyMap<string, string>;

/** Fields that a form may have: Akismet knows 25, and clients add the variables of their server. */
const MOST_FIELDS = 1_000;

/** Reads an URL-encoded form. Every limit holds before it is parsed. Throws a `ProblemError`. */
export async function readForm(request: Request, limits: Limits): Promise<Form> {
  checkDeclaredLength(request.headers, limits);
  checkUncompressed(request.headers);
  const type = (request.headers.get('Content-Type') ?? '').split(';', 1)[0].trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') {
    const detail = 'the body must be a form; set Content-Type to application/x-www-form-urlencoded';
    throw new ProblemError('unsupported-media-type', detail);
  }
  return parseForm(new TextDecoder().decode(await readBytes(request, limits)));
}

function parseForm(text: string): Form {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.size >= MOST_FIELDS)
      throw new ProblemError('invalid-request', `the form has more than ${MOST_FIELDS} fields`);
    if (!form.has(name)) form.set(name, value);
  }
  return form;
}
