import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isWellFormedKey } from '../../src/service/api-key.ts';
import { keyCheck } from '../../src/service/authenticate.ts';
import { openDataFolder } from '../../src/node/data-folder.ts';

const BIN = fileURLToPath(new URL('../../src/node/bin.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
afterAll(() => rmSync(folder, { recursive: true }));

function keys(...args: string[]) {
  const options = { encoding: 'utf8', env: { PATH: process.env['PATH'] } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, 'keys', ...args], options);
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

async function contextOf(plain: string, data = folder) {
  const store = openDataFolder(data, { check: false });
  return await keyCheck({ store })(plain).finally(() => store.close());
}

describe('keys', () => {
  it('makes one that opens what it was made for, lists it without its secret, and ends it', async () => {
    const made = keys('create', '--data', folder, '--scopes', 'check, rules', '--name', 'of the blog', '--days', '30');
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(isWellFormedKey(made.stdout)).toBe(true);
    expect(await contextOf(made.stdout)).toMatchObject({ tenant: 'default', scopes: ['check', 'rules'] });
    const listed = keys('list', '--data', folder).stdout;
    expect(listed).toMatch(/^key_\S+ +ls_live_\w{4}… +check,rules +expires .*of the blog$/);
    expect(listed).not.toContain(made.stdout.slice(12));
    const [key] = JSON.parse(keys('list', '--data', folder, '--json').stdout) as { id: string; hash?: string }[];
    expect(key).not.toHaveProperty('hash');
    expect(keys('revoke', key?.id ?? '', '--data', folder).status).toBe(0);
    expect(await contextOf(made.stdout)).toBeNull();
    expect(keys('list', '--data', folder).stdout).toContain('revoked');
  });

  it('makes them for a tenant, and for tests', async () => {
    const made = keys('create', '--data', folder, '--scopes', 'check', '--tenant', 'b', '--test').stdout;
    expect(made).toMatch(/^ls_test_/);
    expect(await contextOf(made)).toMatchObject({ tenant: 'b' });
    expect(keys('list', '--data', folder).stdout).not.toContain(made.slice(0, 12));
  });

  it('writes the SQL that makes one, for a database that is elsewhere', async () => {
    const file = join(folder, 'key.sql');
    const made = keys('create', '--scopes', 'check,admin', '--name', "the editor's", '--tenant', 'c', '--sql', file);
    expect([made.status, made.stderr]).toEqual([0, '']);
    const sql = readFileSync(file, 'utf8');
    expect(sql).not.toContain(made.stdout);
    const data = join(folder, 'elsewhere');
    await openDataFolder(data, { check: false }).close();
    const database = new DatabaseSync(join(data, 'linesieve.db'));
    database.exec(sql);
    database.close();
    expect(await contextOf(made.stdout, data)).toMatchObject({ tenant: 'c', scopes: ['check', 'admin'] });
    expect(keys('list', '--data', data, '--tenant', 'c').stdout).toMatch(/the editor's$/);
    expect(keys('create', '--scopes', 'admin', '--sql', join(file, 'x'))).toMatchObject({ status: 2 });
  });

  it.each([
    [['create', '--scopes', 'check'], 'keys are in a data folder; name it with --data, or LINESIEVE_DATA'],
    [['create', '--scopes', 'chek', '--data', folder], '--scopes: there is no scope chek; choose of check, samples'],
    [['create', '--scopes', 'check', '--tenant', '', '--data', folder], '--tenant must name a tenant, not ""'],
    [['list', '--tenant', ' ', '--data', folder], '--tenant must name a tenant, not " "'],
    [['create', '--scopes', 'check', '--days', '0', '--data', folder], '--days must be a whole number from 1 to 36500'],
    [
      ['revoke', 'key_none', '--data', folder],
      'there is no key key_none of the tenant default; linesieve keys list shows',
    ],
    [['list', '--data', '/dev/null/x'], '--data /dev/null/x: '],
  ])('%j: %s', (args, message) => {
    const { status, stderr } = keys(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
