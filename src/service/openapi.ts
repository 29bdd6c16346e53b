import { Hono } from 'hono';
import * as z from 'zod';
import type { Dependencies } from './dependencies.ts';
import { CHECK_EXAMPLES } from './examples.ts';
import { PROBLEMS, type ServiceEnv } from './problem.ts';
import { checkRequest, components, health, problem, readiness, verdict } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/** `/openapi.json`: OpenAPI 3.1 from the same schemas that requests are held against; made at the first call. */
export function openapiResource({ version }: Dependencies) {
  let document: Json | null = null;
  return new Hono<ServiceEnv>().get('/openapi.json', (c) => {
    document ??= openapiDocument(version);
    return c.json(document, 200, { 'Cache-Control': 'no-cache' });
  });
}

/** The OpenAPI document of the service. */
export function openapiDocument(version: string): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'linesieve',
      version,
      summary: 'Finds the spam that was injected into an article, and hands the article back without it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'check', description: 'Verdicts on documents.' },
      { name: 'service', description: 'The state of the service.' },
    ],
    paths: paths(),
    components: { schemas: schemas(), headers: { RequestId: requestIdHeader } },
  };
}

const requestIdHeader = {
  description:
    'The X-Request-Id of the request where it was sane (letters, digits, _ - =, 128 at most), else a new one.',
  schema: { type: 'string' },
};

function paths(): Json {
  return {
    '/v1/check': { post: checkOperation() },
    '/healthz': {
      get: {
        operationId: 'health',
        tags: ['service'],
        summary: 'Does the process answer?',
        responses: { 200: answer('It does.', health), ...problems(500) },
      },
    },
    '/readyz': {
      get: {
        operationId: 'readiness',
        tags: ['service'],
        summary: 'Is the model loaded?',
        responses: { 200: answer('It is.', readiness), ...problems(500, 503) },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'openapi',
        tags: ['service'],
        summary: 'This document',
        responses: {
          200: { ...answer('OpenAPI 3.1.'), content: { 'application/json': { schema: { type: 'object' } } } },
          ...problems(500),
        },
      },
    },
  };
}

function checkOperation(): Json {
  return {
    operationId: 'check',
    tags: ['check'],
    summary: 'Check one document',
    description:
      'Nothing of the document is kept. Whatever points into it counts UTF-16 units of the string as it was sent.',
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference(checkRequest), examples: CHECK_EXAMPLES } },
    },
    responses: { 200: answer('The verdict.', verdict), ...problems(400, 413, 415, 422, 500, 503) },
  };
}

function answer(description: string, schema?: z.ZodType): Json {
  const headers = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };
  if (schema === undefined) return { description, headers };
  return { description, headers, content: { 'application/json': { schema: reference(schema) } } };
}

/** Problem responses by status, each told by the titles of its types. */
function problems(...statuses: number[]): Json {
  const content = { 'application/problem+json': { schema: reference(problem) } };
  const titles = (status: number) =>
    Object.values(PROBLEMS)
      .filter((one) => one.status === status)
      .map(({ title }) => title);
  return Object.fromEntries(
    statuses.map((status) => [status, { ...answer(`${titles(status).join(', ')}.`), content }]),
  );
}

function reference(schema: z.ZodType): Json {
  return { $ref: `#/components/schemas/${components.get(schema)?.id}` };
}

/** The named schemas as JSON Schema 2020-12; `$schema` and `$id` mean nothing inside of an OpenAPI document. */
function schemas(): Json {
  const uri = (id: string) => `#/components/schemas/${id}`;
  // `input`: answers may get new fields, so only what a client sends is closed.
  const { schemas } = z.toJSONSchema(components, { uri, io: 'input' });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, schema]),
  );
}
