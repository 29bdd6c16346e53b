import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { complaint, findCycle, LEVELS, unitOf } from './levels.ts';
import { readWithEsbuild } from './node-globals.ts';
import { importsOf, loadedWith, readImports, sourceFiles } from './sources.ts';

const packages = new Set(Object.keys(manifest.dependencies));
const files = sourceFiles();
const imports = readImports();

describe('src/', () => {
  it('holds only folders and files that have a level', () => {
    expect(files.filter((path) => LEVELS[unitOf(path) ?? ''] === undefined)).toEqual([]);
  });

  it('imports strictly downward, and only packages that it ships with', () => {
    expect(imports.map((statement) => complaint(statement, packages)).filter(Boolean)).toEqual([]);
  });

  it('imports only files that are there', () => {
    const known = new Set(files);
    const lost = imports.filter(({ target }) => target?.endsWith('.ts') && !known.has(target));
    expect(lost).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(findCycle(imports)).toBeNull();
  });

  it('names process and Buffer in src/node only, and no import escapes this test', async () => {
    const seen = await readWithEsbuild(files);
    expect(seen.naming.filter((path) => unitOf(path) !== 'node')).toEqual([]);
    const read = new Set(imports.map(({ from, specifier }) => `${from} → ${specifier}`));
    expect(seen.imports.filter((one) => !read.has(one))).toEqual([]);
    expect(seen.imports.length > 0).toBe(files.length > 1);
  });

  it('has no file over 300 lines but generated tables and rows of rules', () => {
    const exempt = /\.generated\.ts$|^src\/rules\/sets\//;
    const long = files.filter((path) => !exempt.test(path) && readFileSync(path, 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });
});

describe('a start', () => {
  it('of the command line loads no engine before a command asks for it', () => {
    expect(loadedWith('src/node/bin.ts')).not.toContain('src/sieve.ts');
    expect(loadedWith('src/node/cli.ts')).not.toContain('src/sieve.ts');
    expect(loadedWith('src/node/base-sieve.ts')).toContain('src/sieve.ts');
  });

  it('of an audit starts its threads first', () => {
    const loaded = loadedWith('src/node/commands/audit.ts');
    expect(loaded).toContain('src/node/audit/check-threads.ts');
    expect(loaded).not.toContain('src/sieve.ts');
    expect(loaded).not.toContain('src/node/audit/open-sources.ts');
  });
});

describe('the reader of imports', () => {
  it.each([
    ["import { a } from './a.ts';", ['src/text/a.ts']],
    ["import type { A } from '../rules/rule.ts';", ['src/rules/rule.ts']],
    ["import {\n  a,\n  type B,\n} from './a.ts';", ['src/text/a.ts']],
    ["import './side.ts';", ['src/text/side.ts']],
    ["export type * from './a.ts';\nexport { b } from './b.ts';", ['src/text/a.ts', 'src/text/b.ts']],
    ["import model from '../../models/base/model.bin';", ['models/base/model.bin']],
    ["const late = await import('../sieve.ts');", ['src/sieve.ts']],
    ["export const from = 'x';\n// import { a } from './a.ts'", []],
  ])('reads %j', (text, targets) => {
    expect(importsOf('src/text/x.ts', text).map(({ target }) => target)).toEqual(targets);
  });
});

describe('the table of levels', () => {
  it.each([
    ['src/text/fold.ts', './span.ts', true],
    ['src/bayes/fit.ts', '../text/fold.ts', false],
    ['src/text/fold.ts', '../rules/rule.ts', false],
    ['src/verdict/score.ts', '../rules/rule.ts', true],
    ['src/samples/sample.ts', '../sieve.ts', false],
    ['src/store/d1.ts', '../audit/report.ts', false],
    ['src/index.ts', './training/train.ts', true],
    ['src/index.ts', './service/app.ts', false],
    ['src/service/app.ts', '../index.ts', true],
    ['src/sieve.ts', './index.ts', false],
    ['src/worker.ts', './service/app.ts', true],
    ['src/worker.ts', './node/files.ts', false],
    ['src/worker.ts', '../models/base/model.bin', true],
    ['src/text/fold.ts', '../../models/base/model.bin', false],
    ['src/text/fold.ts', '../../tests/x.ts', false],
    ['src/text/fold.ts', '../drawer/x.ts', false],
    ['src/service/app.ts', 'hono/cors', true],
    ['src/service/app.ts', 'esbuild', false],
    ['src/service/app.ts', 'node:fs', false],
    ['src/node/server.ts', 'node:fs', true],
    ['src/node/server.ts', '@hono/node-server/serve-static', true],
    ['src/store/d1.ts', 'cloudflare:workers', false],
  ])('%s → %s: %s', (from, specifier, allowed) => {
    const [statement] = importsOf(from, `import '${specifier}';`);
    expect(statement && complaint(statement, packages) === null).toBe(allowed);
  });

  it('finds a cycle, types included', () => {
    const ring = [
      ...importsOf('src/text/a.ts', "import type { B } from './b.ts';"),
      ...importsOf('src/text/b.ts', "import { c } from './c.ts';"),
      ...importsOf('src/text/c.ts', "import { a } from './a.ts';"),
    ];
    expect(findCycle(ring)).toEqual(['src/text/a.ts', 'src/text/b.ts', 'src/text/c.ts', 'src/text/a.ts']);
    expect(findCycle(ring.slice(0, 2))).toBeNull();
  });

  it.each([
    ['export const home = process.env;', true],
    ['export const bytes = Buffer.from([1]);', true],
    ['export const all = globalThis.process;', true],
    ["export const word = 'process'; // Buffer", false],
    [
      'export function process(buffer: ArrayBuffer) { return buffer; }\nexport const x = process(new ArrayBuffer(1));',
      false,
    ],
  ])('sees the globals of Node in %j: %s', async (text, named) => {
    const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
    writeFileSync(join(folder, 'x.ts'), text);
    const seen = await readWithEsbuild([join(folder, 'x.ts')]).finally(() => rmSync(folder, { recursive: true }));
    expect(seen.naming.length).toBe(named ? 1 : 0);
  });
});
