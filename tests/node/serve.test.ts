import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../src/node/bin.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
afterAll(() => rmSync(folder, { recursive: true }));

const running = new Set<ChildProcess>();
afterEach(() => running.forEach((child) => child.kill('SIGKILL')));

const environment = { PATH: process.env['PATH'], LINESIEVE_PORT: '0' };

async function start(...args: string[]) {
  const child = spawn(process.execPath, [BIN, 'serve', ...args], { env: environment });
  running.add(child);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  const errors = text(child.stderr);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = exited.then(async () => Promise.reject(new Error(await errors)));
  while (!said.includes('http:')) await Promise.race([once(child.stdout, 'data'), ended]);
  ended.catch(() => {});
  return { child, exited, errors, said, url: /http:\S+/.exec(said)?.[0] ?? '' };
}

const CHECK = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Connection: 'close' },
  body: JSON.stringify({ text: 'The library opens at nine.' }),
};

async function documentsOf(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/metrics`, { headers: { Connection: 'close' } });
  return /^linesieve_documents_total (\d+)$/m.exec(await response.text())?.[1];
}

describe('serve', () => {
  it('listens where it is told to, serves the API page, and ends with 0', async () => {
    const { child, exited, errors, url } = await start('--host', '127.0.0.1');
    expect((await fetch(`${url}/v1/check`, CHECK)).status).toBe(200);
    const script = await fetch(`${url}/docs/swagger-ui-bundle.js`);
    expect([script.status, script.headers.get('Content-Type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect((await script.text()).length).toBeGreaterThan(100_000);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(await errors).toBe('');
  });

  it.skipIf(process.platform !== 'linux')(
    'has the flags of its heap however it was started, so have its workers',
    async () => {
      const { child, url } = await start('--workers', '2');
      expect((await fetch(`${url}/v1/check`, CHECK)).status).toBe(200);
      const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
      const lines = [String(child.pid), ...children].map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(line).toMatch(/--max-semi-space-size=2\0--v8-pool-size=1\0.*bin\.ts\0serve/);
    },
  );

  it('makes its store in the data folder, prints the first key once, and lets nobody in without', async () => {
    const data = join(folder, 'new', 'data');
    const first = await start('--data', data);
    const key = /^first key, .*: (ls_live_\w+)$/m.exec(first.said)?.[1];
    expect(existsSync(join(data, 'linesieve.db'))).toBe(true);
    expect((await fetch(`${first.url}/v1/check`, CHECK)).status).toBe(401);
    const headers = { ...CHECK.headers, Authorization: `Bearer ${key}` };
    expect((await fetch(`${first.url}/v1/check`, { ...CHECK, headers })).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.exited).toEqual([0, null]);
    const second = await start('--data', data, '--workers', '2');
    expect(second.said).not.toContain('first key');
    expect((await fetch(`${second.url}/v1/check`, { ...CHECK, headers })).status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.exited).toEqual([0, null]);
    expect(await second.errors).toBe('');
  });

  it('holds the limit of a body that is set', async () => {
    const { url } = await start('--body-bytes', '1000');
    const body = JSON.stringify({ text: 'x'.repeat(1_000) });
    expect((await fetch(`${url}/v1/check`, { ...CHECK, body })).status).toBe(413);
  });

  it('says what is wrong with a setting, and ends with 2', () => {
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'serve', '--workers', 'many'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      2,
      'linesieve: workers (--workers) must be a whole number from 1 to 256, not "many"\n',
    ]);
  });
});

describe('serve --workers 2', () => {
  it('adds up what all workers counted', async () => {
    const { child, exited, url } = await start('--workers', '2');
    for (let i = 0; i < 10; i++) expect((await fetch(`${url}/v1/check`, CHECK)).status).toBe(200);
    // Whichever worker answers: both know of all ten.
    for (let i = 0; i < 4; i++) expect(await documentsOf(url)).toBe('10');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  it('starts a worker again that died, and leaves none behind', async () => {
    const { child, exited, errors, url } = await start('--workers', '2');
    const before = workersOf(child);
    expect(before.length).toBeGreaterThan(0);
    process.kill(before[0] ?? 0, 'SIGKILL');
    await expect
      .poll(() => workersOf(child).filter((pid) => !before.includes(pid)).length, { timeout: 20_000 })
      .toBe(1);
    expect((await fetch(`${url}/v1/check`, CHECK)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(await errors).toMatch(/worker \d+ ended with SIGKILL/);
  });
});

describe('serve --workers 2 that cannot start', () => {
  it('ends where the port is taken', async () => {
    const { url } = await start();
    const args = [BIN, 'serve', '--workers', '2', '--port', new URL(url).port];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/^linesieve: \S+: another program listens there .*\n$/),
    ]);
  });

  it('ends where no worker starts', () => {
    const script = fileURLToPath(new URL('failing-workers.ts', import.meta.url));
    expect(spawnSync(process.execPath, [script], { timeout: 20_000 }).status).toBe(7);
  });

  it('tries again where one worker cannot start any more', async () => {
    const data = join(folder, 'data');
    const { child, exited, url } = await start('--workers', '2', '--data', data);
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const [victim] = workersOf(child);
    renameSync(data, `${data}-away`);
    writeFileSync(data, 'no folder');
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => complaints, { timeout: 20_000 }).toMatch(/ended with SIGKILL[^]*ended with [23]/);
    rmSync(data);
    renameSync(`${data}-away`, data);
    await expect.poll(() => workersOf(child).length, { timeout: 20_000 }).toBe(2);
    expect((await fetch(`${url}/readyz`, { headers: { Connection: 'close' } })).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});

/** Process ids of the children of a process. */
function workersOf({ pid }: ChildProcess): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

describe('config', () => {
  it('prints every value with its source', () => {
    const { stdout } = spawnSync(process.execPath, [BIN, 'config', '--host', '::1'], {
      encoding: 'utf8',
      env: environment,
    });
    expect(stdout).toMatch(/^port +0 +LINESIEVE_PORT$/m);
    expect(stdout).toMatch(/^host +::1 +--host$/m);
    expect(stdout).toMatch(/^data +none +default$/m);
  });

  it('prints them as JSON', () => {
    const { stdout } = spawnSync(process.execPath, [BIN, 'config', '--json'], { encoding: 'utf8', env: environment });
    expect(JSON.parse(stdout)).toMatchObject({ port: { value: 0, source: 'LINESIEVE_PORT' }, workers: { value: 1 } });
  });
});
