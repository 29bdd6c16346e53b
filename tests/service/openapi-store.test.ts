import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from './fake-sieve.ts';

const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
const store = openSqliteStore(join(folder, 'x.db'));
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

interface Operation {
  operationId: string;
  security?: unknown;
  parameters?: { name: string; in: string; description?: string }[];
  responses: Record<string, unknown>;
}

type Node = Record<string, unknown>;

const app = createApp({ sieve: () => fakeSieve, version: '1.2.3', store });
const document = (await (await app.request('/openapi.json')).json()) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Node>; securitySchemes?: Node };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

function nodes(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}

describe('/openapi.json of a service with a store', () => {
  it('describes every route and no other', () => {
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...new Set(routes)].sort());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('asks for a key under /v1 and nowhere else', () => {
    for (const { path, operation } of operations) {
      const isKeyed = path.startsWith('/v1/');
      expect([path, operation.security !== undefined]).toEqual([path, isKeyed]);
      expect([path, '401' in operation.responses, '403' in operation.responses]).toEqual([path, isKeyed, isKeyed]);
    }
    expect(document.components.securitySchemes).toHaveProperty('key');
  });

  it('names every part of a path, and describes every parameter', () => {
    for (const { path, operation } of operations) {
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => `{${name}}`);
      expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect((operation.parameters ?? []).filter(({ description }) => !description)).toEqual([]);
    }
  });

  it('resolves every reference, uses every schema, and describes every field', () => {
    const references = nodes(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    const names = Object.keys(document.components.schemas);
    const used = references.filter((one) => one.startsWith('#/components/schemas/')).map((one) => one.slice(21));
    expect([...new Set(used)].sort()).toEqual(names.sort());
    const fields = nodes(document.components.schemas).flatMap(({ properties }) =>
      Object.entries((properties ?? {}) as Record<string, Node>),
    );
    expect(fields.length).toBeGreaterThan(100);
    const silent = fields.filter(([, field]) => !('description' in field) && !('$ref' in field)).map(([name]) => name);
    expect(silent).toEqual([]);
  });
});
