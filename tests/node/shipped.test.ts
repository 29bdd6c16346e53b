import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { instructionsOf, type Instruction } from './dockerfile.ts';

// No engine builds the image here: its COPY and RUN instructions are replayed in folders of their own.

const folder = mkdtempSync(join(tmpdir(), 'linesieve-shipped-'));
const stages = { build: join(folder, 'build'), image: join(folder, 'image'), package: join(folder, 'package') };
const instructions = instructionsOf(readFileSync('Dockerfile', 'utf8'));
const lastStage = Math.max(...instructions.map(({ stage }) => stage));
const running: ChildProcess[] = [];

/** Copies into `to` what the COPY instructions of a stage take from the context. */
function replayCopies(stage: number, to: string): void {
  for (const { sources, target } of copies(stage)) {
    for (const source of sources) {
      const isFolder = target.endsWith('/');
      copy(resolve(source), isFolder ? join(to, target, source) : join(to, target));
    }
  }
}

function copies(stage: number): { sources: string[]; target: string }[] {
  const isCopy = (one: Instruction): boolean =>
    one.name === 'COPY' && one.stage === stage && !one.text.startsWith('--from');
  return instructions.filter(isCopy).map(({ text }) => {
    const words = text.split(' ');
    return { sources: words.slice(0, -1), target: words.at(-1) ?? '' };
  });
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}

function linkPackages(to: string): void {
  symlinkSync(resolve('node_modules'), join(to, 'node_modules'));
}

beforeAll(() => {
  replayCopies(0, stages.build);
  linkPackages(stages.build);
  execFileSync(process.execPath, ['scripts/build.ts'], { cwd: stages.build, stdio: 'pipe' });
  replayCopies(lastStage, stages.image);
  copy(join(stages.build, 'dist'), join(stages.image, 'dist'));
  for (const path of ['package.json', ...manifest.files])
    copy(path === 'dist' ? join(stages.build, path) : resolve(path), join(stages.package, path));
  linkPackages(stages.image);
  linkPackages(stages.package);
}, 120_000);

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

describe('the Dockerfile', () => {
  it('builds with what it copies', () => {
    expect(
      instructions.find(({ name, stage, text }) => name === 'RUN' && stage === 0 && text.endsWith('build')),
    ).toBeDefined();
    expect(existsSync(join(stages.build, manifest.bin.linesieve))).toBe(true);
  });
});

describe.each(['image', 'package'] as const)('the %s', (shipped) => {
  const root = stages[shipped];

  it('holds all that the migrations of a store are', () => {
    const names = (at: string) => globSync('*.sql', { cwd: join(at, 'src/store/migrations') }).sort();
    expect(names(root)).toEqual(names('.'));
    expect(names(root).length).toBeGreaterThan(0);
  });

  it('serves with a store, checks, and learns from a sample', async () => {
    const { url, key } = await serve(root, join(folder, `data-${shipped}`));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    const sample = { text: 'kartalbahis giriş - rulet masaları', label: 'spam', category: 'gambling' };
    const given = await fetch(`${url}/v1/samples`, { method: 'POST', headers, body: JSON.stringify(sample) });
    expect(given.status).toBe(201);
    const document = { text: '会议强调，要加强值守，确保安全。\n国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍' };
    const checked = await fetch(`${url}/v1/check`, { method: 'POST', headers, body: JSON.stringify(document) });
    expect(await checked.json()).toMatchObject({ verdict: 'clean' });
    expect((await fetch(`${url}/docs`)).status).toBe(200);
  });

  it('measures builds on held-out rows', () => {
    const rows = globSync('*.jsonl', { cwd: join(root, 'training-data/heldout') });
    expect(rows.sort()).toEqual(globSync('*.jsonl', { cwd: 'training-data/heldout' }).sort());
  });
});

async function serve(root: string, data: string): Promise<{ url: string; key: string }> {
  const args = [manifest.bin.linesieve, 'serve', '--port', '0', '--data', data];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  let said = '';
  while (!/ on http/.test(said)) {
    const [chunk] = (await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error(`it ended; it said: ${said}`))),
    ])) as [Buffer];
    said += String(chunk);
  }
  return { url: /http:\S+/.exec(said)?.[0] ?? '', key: /ls_live_\S+/.exec(said)?.[0] ?? '' };
}
