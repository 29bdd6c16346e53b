import { expect } from 'vitest';
import type { CheckInput, CheckOptions, Sieve } from '../../src/index.ts';
import { CHECK_EXAMPLES } from '../../src/service/examples.ts';
import { PROBLEMS, type FieldError, type ProblemKind } from '../../src/service/problem.ts';
import { GOLDEN } from './golden.ts';

type Body = string | Uint8Array | (() => ReadableStream<Uint8Array>);

/** A request and all that its answer must be, on every runtime and with every sieve. */
export interface RequestCase {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** The answer is the verdict of the sieve on this. */
  readonly checks?: CheckInput & CheckOptions;
  /** The answer is this problem. */
  readonly problem?: ExpectedProblem;
  readonly responseHeaders?: Readonly<Record<string, string>>;
}

export interface ExpectedProblem {
  readonly kind: ProblemKind;
  /** The whole text, or what it must match. */
  readonly detail: string | RegExp;
  readonly errors?: readonly FieldError[];
  readonly limit?: number;
  readonly position?: number;
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };
const LIMIT = 5_000_000;

const post = (body: Body, headers: Readonly<Record<string, string>> = JSON_HEADERS) => ({
  path: '/v1/check',
  method: 'POST',
  headers,
  body,
});

function good(name: string, checks: CheckInput & CheckOptions, headers = JSON_HEADERS): RequestCase {
  return { name, ...post(JSON.stringify(checks), headers), checks };
}

function bad(
  name: string,
  body: Body,
  problem: ExpectedProblem,
  headers?: Readonly<Record<string, string>>,
): RequestCase {
  return { name, ...post(body, headers), problem };
}

/** A body that is wrong in its fields only. */
function invalid(name: string, body: unknown, ...errors: FieldError[]): RequestCase {
  const text = errors.map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`).join('; ');
  return bad(name, JSON.stringify(body), { kind: 'invalid-request', detail: text, errors });
}

/** JSON of exactly `bytes` bytes. */
const jsonOf = (bytes: number) => `{"text":"${'a'.repeat(bytes - 11)}"}`;

/** A body that comes in pieces and never says how long it is. */
function streamOf(text: string, pieceBytes: number): () => ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return () => {
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, (at += pieceBytes)));
      },
    });
  };
}

const ONE_OF_THREE = 'exactly one of text, html, markdown must be there, not';

const GOOD: readonly RequestCase[] = [
  good('plain text', { text: 'The bridge opens in May.\nbuy casino now\n', id: 'a-1' }),
  good('everything asked for', { text: 'Well casino\nbonus', id: 'a-2', lines: true, explain: true, clean: true }),
  good('nothing asked for, in words', { text: 'casino', lines: false, explain: false, clean: false }),
  good('HTML', { html: '<p>The bridge</p><p hidden>casino</p>', clean: true }),
  good('Markdown', { markdown: '# Bridge\n\n[casino](https://example.com)\n', lines: true }),
  good('an empty text', { text: '' }),
  good('a NUL', { text: 'a\0casino', clean: true }),
  good('lone surrogates', { text: '\ud800casino\udc00', clean: true, id: '\udfff' }),
  good('astral characters', { text: '𝒂𝒃 😀 casino', clean: true, lines: true }),
  good('a charset in the type', { text: 'casino' }, { 'Content-Type': 'Application/JSON; charset="UTF-8"' }),
  good('the golden document', { text: GOLDEN.source, id: 'golden', lines: true, explain: true, clean: true }),
  good('many lines, each with a posterior of its own', { text: manyLines(), lines: true }),
  ...Object.entries(CHECK_EXAMPLES).map(([name, { value }]) => good(`the example ${name}`, value)),
  { name: 'a byte order mark', ...post('\ufeff{"text":"casino"}'), checks: { text: 'casino' } },
  {
    name: 'a body in pieces that cut characters',
    ...post(streamOf('{"text":"桥 casino 😀"}', 1)),
    checks: { text: '桥 casino 😀' },
  },
];

const BAD: readonly RequestCase[] = [
  bad('a length over the limit', jsonOf(LIMIT + 1), {
    kind: 'too-large',
    detail: /limit of 5000000 bytes \(bodyBytes\)/,
    limit: LIMIT,
  }),
  bad('a stream over the limit', streamOf(jsonOf(LIMIT + 1), 65_536), {
    kind: 'too-large',
    detail: /5000000/,
    limit: LIMIT,
  }),
  bad('no type', '{"text":"x"}', { kind: 'unsupported-media-type', detail: /application\/json/ }, {}),
  bad(
    'a form',
    'text=x',
    { kind: 'unsupported-media-type', detail: /application\/json/ },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
  ),
  bad(
    'another charset',
    '{"text":"x"}',
    { kind: 'unsupported-media-type', detail: /UTF-8/ },
    { 'Content-Type': 'application/json; charset=gbk' },
  ),
  bad(
    'a compressed body',
    '{"text":"x"}',
    { kind: 'unsupported-media-type', detail: /Content-Encoding/ },
    { ...JSON_HEADERS, 'Content-Encoding': 'gzip' },
  ),
  bad('an empty body', '', { kind: 'empty-body', detail: /empty/ }),
  bad('invalid UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22]), { kind: 'invalid-utf8', detail: /UTF-8/ }),
  bad('a surrogate in UTF-8', new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), {
    kind: 'invalid-utf8',
    detail: /UTF-8/,
  }),
  bad('a trailing comma', '{\n  "text": "x",\n}', {
    kind: 'invalid-json',
    detail: /^expected a name but found "}" at position 17 \(line 3, column 1\)$/,
    position: 17,
  }),
  bad('half a body', '{"text":"x', {
    kind: 'invalid-json',
    detail: /found the end of the body at position 10/,
    position: 10,
  }),
  bad('blanks only', ' \n', { kind: 'invalid-json', detail: /^expected a value but found the end/, position: 2 }),
  bad('a raw line break in a string', '{"text":"a\nb"}', {
    kind: 'invalid-json',
    detail: /expected a character of a string/,
    position: 10,
  }),
  bad('depth 65', `{"x":${'['.repeat(64)}`, {
    kind: 'too-deep',
    detail: /limit of 64 \(jsonDepth\) at position 68/,
    limit: 64,
    position: 68,
  }),
  bad('a million brackets', '['.repeat(1_000_000), { kind: 'too-deep', detail: /64/, limit: 64, position: 64 }),
  invalid(
    'depth 64, and wrong',
    { text: 'x', ...nested(63) },
    { pointer: '/deep', detail: 'unknown field; leave it out' },
  ),
  invalid('an unknown field', { text: 'x', colour: 1 }, { pointer: '/colour', detail: 'unknown field; leave it out' }),
  invalid(
    'a name to be escaped',
    { text: 'x', 'a/b~c': 1 },
    { pointer: '/a~1b~0c', detail: 'unknown field; leave it out' },
  ),
  invalid(
    'a wrong type',
    { text: 7, lines: 'yes' },
    { pointer: '/text', detail: 'must be a string' },
    { pointer: '/lines', detail: 'must be true or false' },
  ),
  invalid('null for a text', { text: null }, { pointer: '/text', detail: 'must be a string' }),
  invalid('an empty id', { text: 'x', id: '' }, { pointer: '/id', detail: 'must not be empty' }),
  invalid(
    'a long id',
    { text: 'x', id: 'i'.repeat(201) },
    { pointer: '/id', detail: 'must have at most 200 characters' },
  ),
  invalid('no document', { id: 'x' }, { pointer: '', detail: `${ONE_OF_THREE} 0` }),
  invalid('two documents', { text: 'x', html: '<p>x' }, { pointer: '', detail: `${ONE_OF_THREE} 2` }),
  invalid('three documents', { text: 'x', html: 'x', markdown: 'x' }, { pointer: '', detail: `${ONE_OF_THREE} 3` }),
  invalid('an array', [{ text: 'x' }], { pointer: '', detail: 'must be a JSON object' }),
  invalid('null', null, { pointer: '', detail: 'must be a JSON object' }),
  bad('a prototype', '{"text":"x","__proto__":{"html":"y"}}', {
    kind: 'invalid-request',
    detail: /__proto__/,
    errors: [{ pointer: '/__proto__', detail: 'unknown field; leave it out' }],
  }),
  {
    name: 'nowhere',
    path: '/v2/check',
    method: 'GET',
    headers: {},
    problem: { kind: 'not-found', detail: /^there is nothing at \/v2\/check$/ },
  },
  {
    name: 'GET of what takes POST',
    path: '/v1/check',
    method: 'GET',
    headers: {},
    problem: { kind: 'method-not-allowed', detail: /^\/v1\/check takes POST, not GET$/ },
    responseHeaders: { Allow: 'POST' },
  },
  {
    name: 'DELETE of what takes GET',
    path: '/readyz',
    method: 'DELETE',
    headers: {},
    problem: { kind: 'method-not-allowed', detail: /takes GET, HEAD, not DELETE$/ },
    responseHeaders: { Allow: 'GET, HEAD' },
  },
  {
    name: 'a preflight: there is no CORS',
    path: '/v1/check',
    method: 'OPTIONS',
    headers: { Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST' },
    problem: { kind: 'method-not-allowed', detail: /takes POST/ },
    responseHeaders: { Allow: 'POST' },
  },
];

export const REQUESTS: readonly RequestCase[] = [...GOOD, ...BAD];

/** 300 lines of growing length between honest and spam, so that arithmetic that differs between runtimes shows. */
function manyLines(): string {
  const words = ['圖書館', '通車', 'bridge', '娛樂城', '老虎機', 'library', '投注平台', '照明', 'evening', '百家樂'];
  const line = (n: number) =>
    Array.from({ length: 1 + (n % 23) }, (_, i) => words[(n * 7 + i * i) % words.length]).join(' ');
  return Array.from({ length: 300 }, (_, n) => line(n)).join('\n');
}

function nested(depth: number): { deep: unknown } {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = [value];
  return { deep: value };
}

/** A fresh request for a case; bodies that are streams say no length. */
export function requestOf({ path, method, headers, body }: RequestCase, origin = 'http://service.test'): Request {
  const sent = typeof body === 'function' ? body() : body;
  return new Request(new URL(path, origin), {
    method,
    headers,
    ...(sent === undefined ? {} : { body: typeof sent === 'string' ? new TextEncoder().encode(sent) : sent }),
    ...(typeof body === 'function' ? { duplex: 'half' } : {}),
  } as RequestInit);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Holds an answer against its case, field by field; verdicts against what `sieve` itself says. */
export async function expectAnswer(response: Response, expected: RequestCase, sieve: Sieve): Promise<void> {
  const body: unknown = await response.json();
  expect(response.headers.get('X-Request-Id')).toMatch(UUID);
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  for (const [name, value] of Object.entries(expected.responseHeaders ?? {})) {
    expect(response.headers.get(name)).toBe(value);
  }
  if (expected.problem !== undefined) return expectProblem(response, body, expected.problem);
  expect({ status: response.status, type: response.headers.get('Content-Type') }).toEqual({
    status: 200,
    type: 'application/json',
  });
  expectVerdict(body, expected.checks ?? {}, sieve);
}

function expectProblem(response: Response, body: unknown, { kind, detail, ...extras }: ExpectedProblem): void {
  const { status, title } = PROBLEMS[kind];
  expect(response.status).toBe(status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(body).toEqual({
    type: `tag:linesieve,2026:${kind}`,
    title,
    status,
    detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    ...extras,
    requestId: response.headers.get('X-Request-Id'),
  });
}

function expectVerdict(
  body: unknown,
  { lines, explain, clean, ...input }: CheckInput & CheckOptions,
  sieve: Sieve,
): void {
  const said = sieve.check(input, { lines: lines ?? false, explain: explain ?? false, clean: clean ?? false });
  const id = input.id ?? expect.stringMatching(UUID);
  expect(body).toEqual({ ...(JSON.parse(JSON.stringify(said)) as object), id });
}
