import { afterAll } from 'vitest';
import { createKey } from '../../src/service/api-key.ts';
import { createApp, type AppOptions } from '../../src/service/app.ts';
import type { Scope } from '../../src/service/tenant.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import type { Store } from '../../src/store/store.ts';
import { NOW } from '../store/samples.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { fakeSieve } from './fake-sieve.ts';

/** A service on a store of its own, with a clock that the test turns. */
export interface StoreApp {
  readonly store: Store;
  readonly app: ReturnType<typeof createApp>;
  readonly clock: { now: number };
  /** A new key of a tenant. */
  readonly key: (tenant: string, ...scopes: Scope[]) => Promise<string>;
  /** A request in JSON with a key. */
  readonly call: (
    key: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

export function storeApp(options: Partial<AppOptions> = {}): StoreApp {
  const folder = temporaryFolder();
  const store = openSqliteStore(folder.path('test.db'));
  afterAll(async () => {
    await store.close();
    folder.remove();
  });
  const clock = { now: NOW };
  const app = createApp({ sieve: () => fakeSieve, version: '1.2.3', store, clock: () => clock.now, ...options });
  const call: StoreApp['call'] = async (key, method, path, body, headers = {}) => {
    const authorization = key === null ? {} : { Authorization: `Bearer ${key}` };
    const content = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    return await app.request(path, { method, headers: { ...authorization, ...content, ...headers }, ...sent });
  };
  const key: StoreApp['key'] = async (tenant, ...scopes) =>
    (await createKey(store, tenant, { name: 'test', scopes }, clock.now)).plain;
  return { store, app, clock, key, call };
}

/** What a problem is told by. */
export async function problemOf(response: Response): Promise<string> {
  const { type } = (await response.json()) as { type: string };
  return `${response.status} ${type.split(':').at(-1)}`;
}
