import * as z from 'zod';
import { PROBLEMS } from './problem.ts';
import { components } from './schema-components.ts';
import { problem } from './schemas.ts';

export type Json = Readonly<Record<string, unknown>>;

const HEADERS = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

/** An answer in JSON; one without a body where there is no schema. */
export function answer(description: string, schema?: z.ZodType): Json {
  if (schema === undefined) return { description, headers: HEADERS };
  return { description, headers: HEADERS, content: { 'application/json': { schema: reference(schema) } } };
}

/** An answer that is no JSON, with what it is told by. */
export function textAnswer(description: string, type: string, schema: Json = { type: 'string' }): Json {
  return { description, headers: HEADERS, content: { [type]: { schema } } };
}

/** Problem responses by status, each told by the titles of its types. */
export function problems(...statuses: number[]): Json {
  const content = { 'application/problem+json': { schema: reference(problem) } };
  const titles = (status: number) =>
    Object.values(PROBLEMS)
      .filter((one) => one.status === status)
      .map(({ title }) => title);
  return Object.fromEntries(
    statuses.map((status) => [status, { ...answer(`${titles(status).join(', ')}.`), content }]),
  );
}

export function reference(schema: z.core.$ZodType): Json {
  return { $ref: `#/components/schemas/${components.get(schema)?.id}` };
}

/** A schema that has no name of its own, in place. */
export function inline(schema: z.core.$ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/**
 * The named schemas that some paths reach, as JSON Schema 2020-12; `$schema` and `$id` mean nothing inside of an OpenAPI document. An
 * app without a store has none of the schemas of its resources.
 */
export function schemasOf(paths: Json): Json {
  const uri = (id: string) => `#/components/schemas/${id}`;
  // `input`: answers may get new fields, so only what a client sends is closed.
  const { schemas } = z.toJSONSchema(components, { uri, io: 'input' });
  const reached = new Set<string>();
  const follow = (value: unknown): void => {
    for (const [, id] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      if (id === undefined || reached.has(id)) continue;
      reached.add(id);
      follow(schemas[id] ?? {});
    }
  };
  follow(paths);
  return Object.fromEntries(
    Object.entries(schemas)
      .filter(([id]) => reached.has(id))
      .map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, described(schema)]),
  );
}

/** What may be null says what it is on the inside; readers look for that on the field itself. */
function described(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(described);
  const { anyOf, description } = value as { anyOf?: { description?: string }[]; description?: string };
  const inner = description ?? anyOf?.find((one) => one.description !== undefined)?.description;
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, described(field)]));
  return typeof inner === 'string' ? { ...fields, description: inner } : fields;
}
