import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const ARTICLE = '市政府昨日召开防汛工作会议，部署强降雨应对措施。\n';
const folder = mkdtempSync(join(tmpdir(), 'linesieve-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const bin = join(PACKAGE_FOLDER, 'src', 'node', 'bin.ts');
  return spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const infected = file('infected.txt', ARTICLE + SPAM);
const honest = file('honest.txt', ARTICLE);

describe('linesieve check', () => {
  it('passes an honest file with 0 and names what it found in another with 1', () => {
    expect(run(['check', honest])).toMatchObject({ status: 0, stdout: expect.stringContaining('pass') });
    const { status, stdout } = run(['check', infected]);
    expect([status, stdout]).toEqual([1, expect.stringContaining(`⟦${SPAM}⟧`)]);
  });

  it('prints one verdict for one file, an array for several', () => {
    expect(JSON.parse(run(['check', infected, '--format', 'json']).stdout)).toMatchObject({ verdict: 'clean' });
    const several: unknown = JSON.parse(run(['check', honest, infected, '--format', 'json']).stdout);
    expect(several).toMatchObject([{ verdict: 'pass' }, { verdict: 'clean' }]);
  });

  it('prints the document without its spans', () => {
    expect(run(['check', '--clean'], ARTICLE + SPAM)).toMatchObject({ status: 1, stdout: ARTICLE });
  });

  it('fails only from the asked verdict on', () => {
    expect(run(['check', infected, '--fail-on', 'review']).status).toBe(0);
    expect(run(['check', '--fail-on', 'block'], SPAM).status).toBe(1);
  });

  it('explains, lists lines, and writes SARIF with the place in UTF-16 units', () => {
    const { stdout } = run(['check', infected, '--explain', '--lines']);
    expect(stdout).toMatch(/legit {2}/);
    const sarif = JSON.parse(run(['check', infected, '--format', 'sarif']).stdout);
    expect(sarif.runs[0].columnKind).toBe('utf16CodeUnits');
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.region).toMatchObject({
      startLine: 2,
      startColumn: 1,
      charOffset: ARTICLE.length,
      charLength: SPAM.length,
    });
  });

  it.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${ARTICLE}${SPAM}`, 'utf16le')],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${ARTICLE}${SPAM}`)],
    [
      'GB18030',
      Buffer.from(
        'b9fab2fabeabc6b7d2bbc7f85fbec3bec3cee7d2b9cedec2eb5fd1c7d6deb3c9c8cbcdf8d5be5fc8cbc6decaecc5aed7d4c5c4',
        'hex',
      ),
    ],
  ])('reads %s', (name, bytes) => {
    const { stdout } = run(['check', file(`${name}.txt`, bytes), '--format', 'json']);
    expect(JSON.parse(stdout).spans).toHaveLength(1);
  });

  it('names a file that is missing, binary or a folder, goes on with the others, and exits 2', () => {
    const binary = file('binary.bin', Uint8Array.of(1, 0, 2, 0, 255));
    const { status, stdout, stderr } = run(['check', join(folder, 'nope'), binary, folder, honest]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/nope: there is no such file/);
    expect(stderr).toMatch(/binary.bin: binary/);
    expect(stderr).toMatch(/this is a folder/);
    expect(stdout).toContain('honest.txt: pass');
  });

  it.each([
    [['check', '--format', 'xml']],
    [['check', '--input', 'ndjson', '--format', 'sarif']],
    [['check', '--clean', infected, honest]],
    [['nothing']],
    [['serve', '--port', 'http']],
  ])('exits 2 for %j', (args) => {
    const { status, stderr } = run(args);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/\S/)]);
  });
});

describe('linesieve check --input ndjson', () => {
  it('answers row by row in order, and goes on after bad ones', () => {
    const rows = [
      JSON.stringify({ id: 'a', text: SPAM }),
      '{"id": "b", ',
      JSON.stringify({ id: 'c', text: 5 }),
      '',
      JSON.stringify({ id: 'd', text: '<p>会议</p>', contentType: 'text/html; charset=utf-8' }),
      JSON.stringify({ id: 'e', text: 'x', contentType: 'image/png' }),
      JSON.stringify({ id: 7, text: ARTICLE }),
    ];
    const { status, stdout } = run(['check', '-', '--input', 'ndjson'], rows.join('\n'));
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ id, verdict, error }) => [id, verdict ?? error.code])).toEqual([
      ['a', 'block'],
      ['row 2', 'invalid-json'],
      ['c', 'invalid-row'],
      ['d', 'pass'],
      ['e', 'invalid-row'],
      ['7', 'pass'],
    ]);
    expect(status).toBe(1);
  });
});

describe('linesieve train', () => {
  it('leaves the old model where training data is broken, and says which row', () => {
    const data = mkdtempSync(join(tmpdir(), 'linesieve-data-'));
    spawnSync('mkdir', ['-p', join(data, 'legit')]);
    writeFileSync(join(data, 'legit', 'a.jsonl'), '{"id":"x"}\n');
    writeFileSync(join(data, 'policy.json'), '{}');
    const { status, stderr } = run(['train', '--data', data, '--out', join(data, 'out')]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('a.jsonl:1: text must be a string')]);
    rmSync(data, { recursive: true });
  });
});

describe('linesieve rules lint', () => {
  it('accepts the built-in rules and refuses one that matches a single Han character', () => {
    expect(run(['rules', 'lint'])).toMatchObject({ status: 0, stdout: expect.stringContaining('0 errors') });
    const rule = {
      id: 'adult.one',
      group: 'adult-core',
      category: 'adult',
      weight: 1,
      description: 'x',
      literals: ['色'],
      hits: ['色'],
      misses: ['b'],
    };
    const { status, stdout } = run(['rules', 'lint', file('rules.json', JSON.stringify({ rules: [rule] }))]);
    expect([status, stdout]).toEqual([1, expect.stringContaining('adult.one')]);
  });

  it.each([
    ['{"port": 1}', 'no rule set: give {"rules": [], "allow": []}, or one of the two'],
    ['[]', 'no rule set: give {"rules": [], "allow": []}, or one of the two'],
    ['{"rules": [], "rule": []}', 'no rule set: give {"rules": [], "allow": []}, or one of the two'],
    ['{"rules": {}}', 'no rule set: rules must be a list'],
    [
      '{"rules": [{"id": "adult.one", "hits": "a", "misses": []}]}',
      'no rule set: rules[0].hits must be a list of texts',
    ],
    ['{"allow": [{"id": 1, "literals": []}]}', 'no rule set: allow[0].id must be a text'],
  ])('refuses %s, which is no rule set', (content, said) => {
    const path = file('no-set.json', content);
    const { status, stderr } = run(['rules', 'lint', path]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`linesieve: ${path}: ${said}`)]);
  });
});
