import { globalRegistry } from 'zod';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/service/app.ts';
import { CHECK_EXAMPLES } from '../../src/service/examples.ts';
import { components } from '../../src/service/schema-components.ts';
import { checkRequest } from '../../src/service/schemas-request.ts';
import { problem, verdict } from '../../src/service/schemas.ts';
import { health, readiness } from '../../src/service/schemas-health.ts';
import { batchRow, checkAnswer, errorRow } from '../../src/service/schemas-check.ts';
import { fakeSieve } from './fake-sieve.ts';
import type { ProblemExtras } from '../../src/service/problem.ts';

type Node = Record<string, unknown>;

const docs = () => Promise.resolve(new TextEncoder().encode('file'));
const app = createApp({ sieve: () => fakeSieve, version: '1.2.3', docs });
const response = await app.request('/openapi.json');
const document = (await response.json()) as {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Node> };
};

interface Operation {
  operationId: string;
  summary: string;
  requestBody?: {
    content: { 'application/json': { examples: typeof CHECK_EXAMPLES }; 'application/x-ndjson': BatchContent };
  };
  responses: Record<string, { description: string; content: Record<string, unknown> }>;
}

interface BatchContent {
  examples: Record<string, { value: string }>;
}

/** Every object in a JSON value, with the way to it. */
function nodes(value: unknown, path = ''): [string, Node][] {
  if (typeof value !== 'object' || value === null) return [];
  return [[path, value as Node], ...Object.entries(value).flatMap(([key, inner]) => nodes(inner, `${path}/${key}`))];
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 of this version', () => {
    expect(response.headers.get('Content-Type')).toBe('application/json');
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info.version).toBe('1.2.3');
  });

  it('describes every route of the service and no other', () => {
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${path}`);
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('resolves every reference, and uses every schema', () => {
    const references = nodes(document).flatMap(([, node]) => (typeof node['$ref'] === 'string' ? [node['$ref']] : []));
    const lost = references.filter((one) => nodes(document).every(([path]) => `#${path}` !== one));
    expect(lost).toEqual([]);
    const unused = Object.keys(document.components.schemas).filter(
      (id) => !references.includes(`#/components/schemas/${id}`),
    );
    expect(unused).toEqual([]);
  });

  it('names every schema that is registered, none by accident', () => {
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'BatchRow',
      'CheckAnswer',
      'CheckRequest',
      'Engine',
      'ErrorRow',
      'Health',
      'InjectedSpan',
      'LineVerdict',
      'Problem',
      'Readiness',
      'Reason',
      'Suppressed',
      'Verdict',
    ]);
    expect(nodes(document).filter(([, node]) => '$schema' in node || '$id' in node || '$defs' in node)).toEqual([]);
  });

  it('describes every field', () => {
    const fields = nodes(document.components.schemas).flatMap(([path, node]) =>
      Object.entries((node['properties'] ?? {}) as Record<string, Node>).map(([name, field]) => ({
        at: `${path}/${name}`,
        field,
      })),
    );
    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(({ field }) => !('description' in field) && !('$ref' in field)).map(({ at }) => at)).toEqual(
      [],
    );
  });

  it('closes what clients send and leaves answers open', () => {
    const closed = Object.entries(document.components.schemas).filter(
      ([, schema]) => schema['additionalProperties'] === false,
    );
    expect(closed.map(([id]) => id)).toEqual(['CheckRequest']);
    expect(document.components.schemas['CheckRequest']?.['oneOf']).toEqual([
      { required: ['text'] },
      { required: ['html'] },
      { required: ['markdown'] },
    ]);
  });

  it.each(['400', '413', '415', '422', '500', '503'])('promises a problem document for %s', (status) => {
    const answer = document.paths['/v1/check']?.['post']?.responses[status];
    expect(Object.keys(answer?.content ?? {})).toEqual(['application/problem+json']);
    expect(answer?.description).toMatch(/^[A-Z].+\.$/);
  });
});

it('describes every member that a problem may have', () => {
  const described = Object.keys(document.components.schemas['Problem']?.['properties'] ?? {});
  const extras: Required<ProblemExtras> = { errors: [], limit: 1, position: 1, scope: 'check', differs: [] };
  const members = ['type', 'title', 'status', 'detail', 'requestId', ...Object.keys(extras)];
  expect(described.sort()).toEqual(members.sort());
});

describe('examples', () => {
  const shown = document.paths['/v1/check']?.['post']?.requestBody?.content['application/json'].examples ?? {};

  it('are those of the source', () => {
    expect(shown).toEqual(CHECK_EXAMPLES);
    expect(Object.keys(shown).length).toBeGreaterThanOrEqual(4);
  });

  it.each(Object.entries(shown))('%s is answered as the schema says', async (_, { value }) => {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
    const answer = await app.request('/v1/check', init);
    expect(answer.status).toBe(200);
    const body: unknown = await answer.json();
    expect(checkAnswer.parse(body)).toEqual(body);
  });

  it('of the batch are answered a row each, as the schemas say', async () => {
    const content = document.paths['/v1/check/batch']?.['post']?.requestBody?.content['application/x-ndjson'];
    for (const { value } of Object.values(content?.examples ?? {})) {
      const rows = value.trim().split('\n');
      for (const row of rows) expect(batchRow.parse(JSON.parse(row))).toEqual(JSON.parse(row));
      const init = { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson' }, body: `${value}null\n` };
      const answers = (await (await app.request('/v1/check/batch', init)).text()).trim().split('\n');
      expect(answers).toHaveLength(rows.length + 1);
      const last: unknown = JSON.parse(answers.pop() ?? '');
      expect(errorRow.parse(last)).toEqual(last);
      for (const answer of answers) expect(checkAnswer.parse(JSON.parse(answer))).toEqual(JSON.parse(answer));
    }
    expect(Object.keys(content?.examples ?? {})).not.toEqual([]);
  });

  it('of request fields are valid', () => {
    for (const [name, field] of Object.entries(checkRequest.shape)) {
      const examples = (globalRegistry.get(field.def.innerType)?.examples ?? []) as unknown[];
      expect(examples.length, name).toBeGreaterThan(0);
      expect(
        examples.filter((example) => !field.safeParse(example).success),
        name,
      ).toEqual([]);
    }
  });

  it('of answer fields are valid', () => {
    for (const schema of [verdict, health, readiness, problem]) {
      for (const [name, field] of Object.entries(schema.shape)) {
        const examples = (field.meta()?.examples ?? []) as unknown[];
        expect(
          examples.filter((example) => !field.safeParse(example).success),
          name,
        ).toEqual([]);
      }
    }
    expect(components.has(verdict)).toBe(true);
  });
});

describe('the schemas of answers', () => {
  it('know every field of a verdict', async () => {
    const include = ['lines', 'reasons', 'cleaned', 'folded'];
    const body = JSON.stringify({ html: '<p>bonus casino', include, mode: 'shadow' });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    const said: unknown = await (await app.request('/v1/check', init)).json();
    expect(said).toMatchObject({
      shadow: { lines: {}, suppressed: {}, cleaned: '<p>bonus ', spans: [{ pieces: {}, folded: 'caino' }] },
    });
    expect(checkAnswer.parse(said)).toEqual(said);
  });

  it.each([
    ['/healthz', 200, health],
    ['/readyz', 200, readiness],
    ['/nowhere', 404, problem],
    ['/v1/check', 405, problem],
  ])('know every field of %s', async (path, status, schema) => {
    const answer = await app.request(path);
    const body: unknown = await answer.json();
    expect(answer.status).toBe(status);
    expect(schema.parse(body)).toEqual(body);
  });
});
