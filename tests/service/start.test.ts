import { expect, it } from 'vitest';
import * as z from 'zod';
import { createApp } from '../../src/service/app.ts';
import { components } from '../../src/service/schema-components.ts';
import { openStore } from '../../src/store/open-store.ts';
import { fakeSieve } from './fake-sieve.ts';

const named = (): string[] => Object.keys(z.toJSONSchema(components).schemas).sort();

it('makes no schema before it is needed, but that of a check: an isolate starts for one request', async () => {
  const backend = { kind: 'sqlite', batch: () => Promise.resolve([]), close: () => Promise.resolve() } as const;
  const app = createApp({ sieve: () => fakeSieve, version: '1', store: openStore(backend) });
  expect(named()).toEqual(['CheckRequest']);
  expect((await app.request('/openapi.json')).status).toBe(200);
  expect(named().length).toBeGreaterThan(40);
});
