import type { FieldVerdict } from './field-verdict.ts';

/** A problem document (RFC 9457). */
export interface FieldProblem {
  readonly type: string;
  readonly title: string;
  /** 422: the text was judged and must not go on. 503: it was not judged, and may be sent again later as it is. */
  readonly status: 422 | 503;
  readonly detail: string;
  /** What is wrong with the body; empty where the text was not judged. */
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

/** A problem and the headers of the answer that it goes out with. */
export interface FieldRefusal {
  readonly problem: FieldProblem;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'Content-Type': 'application/problem+json' };
/** The client has already spent the seconds of a restart on its repetitions: what is away for longer is not back at once. */
const RETRY_AFTER_SECONDS = '30';

/** What the sender is told of a field that does not go on; `path` are the names that lead to it. */
export function refusalOf(path: readonly string[], verdict: FieldVerdict): FieldRefusal {
  return verdict.fallback === undefined ? flagged(path, verdict) : unavailable();
}

function flagged(path: readonly string[], { verdict, spans }: FieldVerdict): FieldRefusal {
  const categories = [...new Set(spans.map(({ category }) => category))].join(', ') || 'no span';
  const detail = `the text was taken for spam (${verdict}: ${categories}); take it out and send again`;
  const pointer = path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const type = 'tag:linesieve,2026:flagged-content';
  const problem = { type, title: 'Flagged content', status: 422, detail, errors: [{ pointer, detail }] } as const;
  return { problem, headers: JSON_TYPE };
}

function unavailable(): FieldRefusal {
  const type = 'tag:linesieve,2026:check-unavailable';
  const detail = 'the text could not be checked now, which says nothing about it; send it again later as it is';
  const problem = { type, title: 'Check unavailable', status: 503, detail, errors: [] } as const;
  return { problem, headers: { ...JSON_TYPE, 'Retry-After': RETRY_AFTER_SECONDS } };
}
