import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';

/** A request that means harm, as it goes over the wire. */
export interface HostileRequest {
  readonly kind: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

const TYPES: Readonly<Record<string, string>> = {
  '/v1/check': 'application/json',
  '/v1/check/batch': 'application/x-ndjson',
  '/1.1/comment-check': 'application/x-www-form-urlencoded',
  '/1.1/submit-spam': 'application/x-www-form-urlencoded',
  '/v1/keys': 'application/json',
  '/v1/rules/test': 'application/json',
  '/v1/webhooks': 'application/json',
  '/v1/verdicts/x/replay': 'application/json',
};

const path = fc.constantFrom(...Object.keys(TYPES));
const NAMES = [
  'text',
  'html',
  'markdown',
  'id',
  'include',
  'policy',
  'rule',
  'scopes',
  'name',
  'url',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
];
/** Any UTF-16 units, lone surrogates, NUL and marks of direction among them. */
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((all) => String.fromCharCode(...all));
const markup = fc
  .array(
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '</p>',
      '<!--',
      '-->',
      '&#x',
      '&#99999999;',
      '<style>',
      'display:none',
      '[',
      '](',
      '```',
      '\n',
      '\0',
      'casino',
    ),
    { maxLength: 80 },
  )
  .map((all) => all.join(''));
const text = fc.oneof(
  units,
  markup,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('久'.repeat(5_000), ' '.repeat(20_000), 'a_'.repeat(8_000)),
);
const value = fc.oneof(text, fc.jsonValue(), fc.constantFrom(null, 1e308, -0, [], {}));

const request = (kind: string, body: fc.Arbitrary<HostileRequest['body']>, headers: Record<string, string> = {}) =>
  fc.tuple(path, body).map(([path, body]): HostileRequest => ({
    kind,
    path,
    method: 'POST',
    headers: { 'Content-Type': TYPES[path] ?? '', ...headers },
    body,
  }));

/** JSON by hand: `JSON.stringify` would leave a `__proto__` out. */
const object = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 5 })
  .map((fields) => `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join(',')}}`);

/** What gets past the schema, with odd values in every place that takes any. */
const accepted = fc
  .record(
    {
      text,
      id: text.map((one) => one.slice(0, 200) || 'x'),
      policy: fc.oneof(fc.constantFrom(...NAMES, 'strict'), units),
      mode: fc.constantFrom('enforce', 'shadow'),
      include: fc.array(fc.constantFrom('lines', 'reasons', 'cleaned', 'folded')),
    },
    { requiredKeys: ['text'] },
  )
  .map((body) => JSON.stringify(body));

const broken = fc
  .tuple(object, fc.nat(), fc.constantFrom('', '}', '"', '\\', '\\u', '\ud800', ',', '[[[[', '\0', '1e999999'))
  .map(([text, at, insert]) => text.slice(0, at % (text.length + 1)) + insert + text.slice(at % (text.length + 1)));

const nested = fc
  .tuple(fc.constantFrom('[', '{"text":', '{"a":[', '[{"__proto__":'), fc.integer({ min: 50, max: 60_000 }))
  .map(([open, times]) => open.repeat(times));

const escaped = fc
  .array(fc.constantFrom('\\ud800', '\\udfff', '\\u0000', '\\ud83d\\ude00', '\\n', 'a', '久'), { maxLength: 100 })
  .map((all) => `{"text":"${all.join('')}","id":"${all.slice(0, 20).join('')}"}`);

const form = fc
  .array(
    fc.tuple(
      fc.constantFrom('blog', 'api_key', 'comment_content', 'comment_author', 'is_test', '__proto__', '%', '%ff'),
      text,
    ),
    { maxLength: 8 },
  )
  .map((fields) => fields.map(([name, one]) => `${name}=${encodeURIComponent(one.toWellFormed())}`).join('&'));

const compressed = fc.integer({ min: 1, max: 4 }).map((size) => gzipSync(`{"text":"${'a'.repeat(size * 1_000_000)}"}`));

const address = fc
  .array(
    fc.constantFrom(
      '..',
      '%2e%2e',
      '%00',
      '%ff',
      '//',
      '__proto__',
      'constructor',
      'v1',
      'check',
      'docs',
      '?',
      '#',
      '%',
      'a'.repeat(500),
    ),
    { maxLength: 6 },
  )
  .map((all) => `/${all.join('/')}`);

const anywhere = fc
  .tuple(address, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'))
  .map(([path, method]): HostileRequest => ({ kind: 'address', path, method, headers: {}, body: '' }));

const headers = fc
  .tuple(
    fc.constantFrom(
      'X-Request-Id',
      'Content-Type',
      'Authorization',
      'Host',
      'Content-Encoding',
      'Idempotency-Key',
      'Origin',
      'Accept',
    ),
    fc.oneof(
      fc.constantFrom(
        'a'.repeat(7_000),
        '*/*;q=1e309',
        'application/json; charset="',
        '"',
        '__proto__',
        'gzip, gzip, br',
      ),
      fc.string({ maxLength: 30 }),
    ),
  )
  .map(([name, one]): HostileRequest => ({
    kind: 'header',
    path: '/v1/check',
    method: 'POST',
    // What may stand in a header at all; the rest is refused by the runtime before it is a request.
    headers: { 'Content-Type': 'application/json', [name]: one.replace(/[^\x20-\x7e]/g, '?').trim() },
    body: '{"text":"x"}',
  }));

export const hostileRequest: fc.Arbitrary<HostileRequest> = fc.oneof(
  request('object', object),
  request('accepted', accepted),
  request('broken JSON', broken),
  request('nesting', nested),
  request('surrogates', escaped),
  request('form', form),
  request('bytes', fc.uint8Array({ maxLength: 300 })),
  request('compressed', compressed, { 'Content-Encoding': 'gzip' }),
  request('compressed and not told', compressed),
  request('a lie about the length of nothing', fc.constant('')),
  anywhere,
  headers,
);
