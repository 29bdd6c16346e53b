import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PACKAGE_FOLDER } from '../../src/node/package-folder.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function run(environment: Record<string, string>): string {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const command = ['--disable-warning=ExperimentalWarning', join(PACKAGE_FOLDER, 'src/node/bin.ts'), '--version'];
  return execFileSync(process.execPath, command, { env: { ...env, ...environment }, encoding: 'utf8' });
}

it("keeps what was compiled in the user's folder", () => {
  const cache = folder.path('cache');
  expect(run({ XDG_CACHE_HOME: cache })).toMatch(/^\d+\.\d+\.\d+$/m);
  const [compiled] = readdirSync(join(cache, 'linesieve'));
  expect(readdirSync(join(cache, 'linesieve', compiled)).length).toBeGreaterThan(10);
});

it('does without where the folder cannot be written', () => {
  const cache = folder.path('read-only');
  mkdirSync(cache, { mode: 0o500 });
  expect(run({ XDG_CACHE_HOME: join(cache, 'no') })).toMatch(/^\d+\.\d+\.\d+$/m);
  expect(run({ XDG_CACHE_HOME: '/dev/null' })).toMatch(/^\d+\.\d+\.\d+$/m);
});
