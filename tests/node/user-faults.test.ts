import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { systemFailure } from '../../src/node/system-error.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const BIN = join(PACKAGE_FOLDER, 'src', 'node', 'bin.ts');
const folder = temporaryFolder();
afterAll(() => folder.remove());

const data = folder.path('data');
const inner = folder.path('inner');
mkdirSync(inner);
const missing = folder.path('missing');
const honest = folder.path('honest.txt');
writeFileSync(honest, 'The library opens at nine.\n');
const rows = folder.path('rows.ndjson');
writeFileSync(rows, '{"id":"a","text":"The library opens at nine."}\n');
const heldOut = folder.path('held-out');
mkdirSync(heldOut);
const row = { language: 'en', kind: 'sentence', source: 'test', category: '' };
writeFileSync(
  join(heldOut, 'rows.jsonl'),
  [
    { ...row, id: 'h', text: 'a sentence about bread', label: 'legit' },
    { ...row, id: 's', text: 'casino bonus', label: 'spam', category: 'gambling' },
  ]
    .map((one) => JSON.stringify(one))
    .join('\n'),
);

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const options = { encoding: 'utf8', env: { PATH: process.env['PATH'] } } as const;
  return spawnSync(process.execPath, [BIN, ...args], options);
}

describe('a path that the user named', () => {
  it.each([
    [['check', '--input', 'ndjson', missing], `${missing}: there is no such file`],
    [['check', '--input', 'ndjson', inner], `${inner}: this is a folder; name its files`],
    [['eval', '--data', heldOut, '--out', join(missing, 'x')], `${missing}/x: there is no folder ${missing}`],
    [['eval', '--data', honest], `${honest}: a part of this path is a file`],
    [['samples', 'export', '--data', data, '--out', join(missing, 'x')], `${missing}/x: there is no folder ${missing}`],
    [['samples', 'import', missing, '--format', 'csv', '--data', data], `${missing}: there is no such file`],
    [['audit', honest, '--out', honest, '--threads', '1'], `${honest}: this is a file; name a folder`],
    [['audit', honest, `--out=${honest}/x`, '--threads', '1'], `${honest}/x: a part of this path is a file`],
    [['train', '--out', honest, '--scaling', 'none', '--no-background'], `${honest}: this is a file; name a folder`],
    [['train', '--data', missing], `${missing}/policy.json: there is no folder ${missing}`],
    [['train', '--samples', inner, '--out', data], `${inner}: this is a folder; name its files`],
  ])('%j gives one line and 2', (args, said) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(`linesieve: ${said}`);
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
  });

  it('does not keep rows of other files from being checked', () => {
    const { status, stdout, stderr } = run('check', '--input', 'ndjson', missing, rows);
    expect([status, JSON.parse(stdout)]).toMatchObject([2, { id: 'a', verdict: 'pass' }]);
    expect(stderr).toContain(missing);
  });
});

describe('an error of the system', () => {
  const systemError = (code: string, rest: object): Error =>
    Object.assign(new Error(`${code}: said`), { code, syscall: 'open', ...rest });

  it('stays internal for files that nobody named, and for errors that are not of the system', () => {
    expect(systemFailure(systemError('ENOENT', { path: '/lib/model.bin' }), ['/srv', 'check'])).toBeNull();
    expect(systemFailure(Object.assign(new Error('x'), { code: 'ERR_X' }), ['/srv'])).toBeNull();
  });

  it('is a usage error for a path below what was named, or above it', () => {
    expect(systemFailure(systemError('EACCES', { path: '/srv/a/b' }), ['/srv/a'])?.code).toBe(2);
    expect(systemFailure(systemError('EACCES', { path: '/srv' }), ['--out=/srv/a'])?.code).toBe(2);
    expect(systemFailure(systemError('EACCES', { path: '/srv/ab' }), ['/srv/a'])).toBeNull();
  });

  it('is internal in one line where the disk is full', () => {
    expect(systemFailure(systemError('ENOSPC', { syscall: 'write' }), ['/srv'])).toMatchObject({
      code: 3,
      message: 'the disk is full; free some of it, then give the same command again (ENOSPC: said)',
    });
  });
});
