import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../../src/node/server.ts';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { ensureFirstKey } from '../../src/service/api-key.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { fakeSieve } from './fake-sieve.ts';

const run = promisify(execFile);
const FIXTURE = fileURLToPath(new URL('../../fixtures/generated-client', import.meta.url));
const GENERATED = `${FIXTURE}/generated`;
const isInstalled = existsSync(`${FIXTURE}/node_modules/openapi-typescript`);
/** In CI nothing is skipped: there the fixture is installed, or these fail. */
const reason = 'run npm ci in fixtures/generated-client';
const maySkip = !isInstalled && process.env['CI'] !== 'true';

const folder = temporaryFolder();
let store: Store;
let server: RunningServer;
let key = '';
beforeAll(async () => {
  store = openSqliteStore(folder.path('x.db'));
  key = (await ensureFirstKey(store)) ?? '';
  server = await startServer({ port: 0, host: '127.0.0.1', sieve: () => fakeSieve, version: '1', store });
});
afterAll(async () => {
  await server.close();
  await store.close();
  folder.remove();
});

async function node(...args: string[]): Promise<string> {
  try {
    return (await run(process.execPath, args, { cwd: FIXTURE })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr, { cause: error });
  }
}

describe.skipIf(maySkip)(
  `a client generated from the OpenAPI document${maySkip ? ` (skipped: ${reason})` : ''}`,
  () => {
    beforeAll(async () => {
      rmSync(GENERATED, { recursive: true, force: true });
      mkdirSync(GENERATED);
      writeFileSync(`${GENERATED}/openapi.json`, await (await fetch(`${server.url}/openapi.json`)).text());
      await node('node_modules/openapi-typescript/bin/cli.js', 'generated/openapi.json', '-o', 'generated/schema.d.ts');
    });

    it('compiles: what the document allows, and nothing else', async () => {
      await node('node_modules/typescript/bin/tsc', '-p', '.');
    });

    it('speaks to the service', async () => {
      expect(JSON.parse(await node('smoke.ts', server.url, key))).toEqual({
        verdict: 'clean',
        spans: 1,
        cleaned: expect.any(String),
        refused: { status: 422, pointers: ['/policy'] },
        scopes: ['check'],
        revoked: 204,
        listed: 1,
      });
    });
  },
);
