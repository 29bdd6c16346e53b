import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/service/app.ts';
import { fakeSieve } from './fake-sieve.ts';
import { storeApp } from './store-app.ts';

const kept = storeApp();
const open = createApp({ sieve: () => fakeSieve, version: '0.0.0' });

async function validate(document: object): Promise<{ valid: boolean; errors?: unknown }> {
  return await new Validator().validate(structuredClone(document) as Record<string, unknown>);
}

async function documentOf(app: { request(path: string): Response | Promise<Response> }): Promise<object> {
  return (await (await app.request('/openapi.json')).json()) as object;
}

describe('the OpenAPI document', () => {
  it.each([
    ['an open service', open],
    ['a service with a store', kept.app],
  ])('of %s is valid OpenAPI 3.1', async (_, app) => {
    const document = await documentOf(app);
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
    expect((await validate(document)).errors ?? []).toEqual([]);
  });

  it('would be refused with a path that does not begin with a slash', async () => {
    const document = (await documentOf(open)) as { paths: object };
    expect((await validate({ ...document, paths: { 'v1/check': {} } })).valid).toBe(false);
  });
});
