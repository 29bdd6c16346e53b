import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { campaignLines, readCampaigns } from '../../scripts/campaigns.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const BIN = fileURLToPath(new URL('../../src/node/bin.ts', import.meta.url));
const folder = temporaryFolder();
afterAll(() => folder.remove());
const data = folder.path('data');
const lines = campaignLines(readCampaigns()[0], 40, 11);

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const options = { encoding: 'utf8', env: { PATH: process.env['PATH'] } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], options);
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

const on = (...args: string[]) => run(...args, '--data', data, '--json');
const jsonOf = (...args: string[]): unknown => JSON.parse(on(...args).stdout);

describe('samples and models on the command line', () => {
  it('label and import', () => {
    const file = folder.path('samples.csv');
    writeFileSync(
      file,
      `text,label\n${lines
        .slice(1, 9)
        .map((line) => `"${line}",spam\n`)
        .join('')}broken,\n`,
    );
    expect(jsonOf('samples', 'add', lines[0], '--label', 'spam', '--author', 'desk')).toMatchObject({
      outcome: 'added',
    });
    expect(on('samples', 'add', lines[0], '--label', 'legit', '--author', 'other').status).toBe(1);
    const imported = on('samples', 'import', file, '--author', 'old filter');
    expect([imported.status, JSON.parse(imported.stdout)]).toMatchObject([1, { added: 8, faulty: 1 }]);
    expect(imported.stderr).toContain(`${file}:10`);
    expect(jsonOf('samples', 'stats')).toMatchObject({ active: 9, conflict: 1 });
  });

  let digest = '';

  it('build from what was labelled, compare, verify', () => {
    const trained = on('models', 'train', '--reason', 'a campaign');
    expect(trained.status).toBe(0);
    ({ digest } = JSON.parse(trained.stdout) as { digest: string });
    expect(jsonOf('models', 'list')).toMatchObject({ champion: digest, models: [{ digest, state: 'ready' }] });
    expect(jsonOf('models', 'compare', 'base', digest)).toMatchObject({ lines: 636 });
    expect(jsonOf('models', 'verify')).toEqual([{ digest, fault: null }]);
  });

  it('roll back, promote again, export, withdraw', () => {
    expect(jsonOf('models', 'rollback', '--reason', 'a test')).toMatchObject({ champion: null, previous: digest });
    expect(jsonOf('models', 'promote', digest, '--reason', 'again')).toMatchObject({ champion: digest });
    const exported = folder.path('out.ndjson');
    const wanted = { exported: 9, format: 'ndjson', out: exported };
    expect(jsonOf('samples', 'export', '--out', exported)).toEqual(wanted);
    expect(readFileSync(exported, 'utf8').trim().split('\n')).toHaveLength(9);
    expect(jsonOf('samples', 'withdraw', '--author', 'old filter')).toEqual({ withdrawn: 8 });
    expect(jsonOf('samples', 'queue')).toEqual([]);
  });

  it('say what a roll-back leaves to be learned again, withdraw it where asked to, and tell of drift', () => {
    const data = folder.path('remedy');
    const there = (...args: string[]): string => run(...args, '--data', data).stdout;
    there('samples', 'add', lines[0], '--label', 'spam');
    const digest = there('models', 'train', '--reason', 'a campaign').slice(0, 64);
    expect(there('models', 'rollback', '--reason', 'a test')).toBe(
      'champion base\nlabels that are not in it and will be in the next build: 1; withdraw them all by samples withdraw --unlearned, or one by one',
    );
    there('models', 'promote', digest, '--reason', 'once more');
    expect(there('samples', 'withdraw', '--unlearned')).toBe('0 withdrawn');
    expect(there('models', 'rollback', '--reason', 'again', '--withdraw')).toBe('champion base\nlabels withdrawn: 1');
    expect(there('models', 'drift')).toMatch(/^week none yet\nin band {2}verdict against the 0 weeks/);
    const json = JSON.parse(there('models', 'drift', '--json')) as object;
    expect(json).toMatchObject({ week: null, drifted: false, card: { figures: [{ figure: 'line' }, {}, {}, {}] } });
  });

  it('import mail from folders named spam and ham', () => {
    const mail = (name: string, text: string): void => {
      mkdirSync(dirname(folder.path(name)), { recursive: true });
      writeFileSync(
        folder.path(name),
        `From: a@b.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
      );
    };
    mail('corpus/spam/1.eml', lines[30]);
    mail('corpus/easy_ham/1.eml', 'The library opens at nine.');
    mail('corpus/other/1.eml', 'nobody says what this is');
    const imported = on('samples', 'import', folder.path('corpus'), '--format', 'mail', '--tenant', 'mail');
    expect([imported.status, JSON.parse(imported.stdout)]).toMatchObject([1, { added: 2, faulty: 1 }]);
    const listed = jsonOf('samples', 'list', '--tenant', 'mail') as { label: string; text: string }[];
    expect(new Set(listed.map(({ label, text }) => `${label} ${text}`))).toEqual(
      new Set([`spam ${lines[30]}`, 'legit The library opens at nine.']),
    );
  });

  it.each([
    [['samples', 'add', ' ', '--label', 'spam'], 'text is blank'],
    [['samples', 'add', 'x', '--label', 'legit', '--category', 'adult'], 'category belongs to spam'],
    [['samples', 'withdraw'], 'either the id of a sample or an --author'],
    [['samples', 'withdraw', 'none'], 'there is no sample none'],
    [
      ['samples', 'import', 'x.xml', '--format', 'xml'],
      '--format must be one of ndjson, csv, akismet, fasttext, natural, mail, not xml',
    ],
    [['samples', 'import', 'x.xml'], 'x.xml: its ending tells no format; give --format, one of ndjson, csv'],
    [
      ['samples', 'export', '--format', 'foo'],
      '--format must be one of ndjson, csv, akismet, fasttext, natural, not foo',
    ],
    [
      ['samples', 'export', '--format', 'mail'],
      '--format must be one of ndjson, csv, akismet, fasttext, natural, not mail',
    ],
    [['samples', 'list', '--tenant', ''], '--tenant must name a tenant, not ""'],
    [['samples', 'import', '/nowhere.csv'], '/nowhere.csv: '],
    [['models', 'rollback', '--reason', 'x', '--tenant', 'new'], 'nothing was promoted yet'],
    [['models', 'promote', 'f'.repeat(64), '--reason', 'x'], 'you have no model'],
    [['models', 'promote', 'f'.repeat(64)], 'say why with --reason'],
    [['models', 'show', 'none'], 'there is no model none'],
  ])('%j: %s', (args, message) => {
    const { status, stderr } = on(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('says where data are missing', () => {
    expect(run('samples', 'stats')).toMatchObject({ status: 2, stderr: expect.stringContaining('--data') as string });
  });
});

describe('train --samples', () => {
  const rows = (label: (at: number) => string): string =>
    lines.map((text, at) => JSON.stringify({ text, label: label(at) })).join('\n');

  it('gives the same bytes whatever the order of the file, and a model that finds the campaign', () => {
    const [file, reversed] = [folder.path('a.ndjson'), folder.path('b.ndjson')];
    writeFileSync(
      file,
      rows(() => 'spam'),
    );
    writeFileSync(
      reversed,
      rows(() => 'spam')
        .split('\n')
        .reverse()
        .join('\n'),
    );
    const models = [file, reversed].map((samples, at) => {
      const out = folder.path(`model-${at}`);
      expect(run('train', '--samples', samples, '--gate', '--out', out)).toMatchObject({ status: 0 });
      return readFileSync(`${out}/model.bin`);
    });
    expect(models[0].equals(models[1])).toBe(true);
  });

  it('writes nothing where the gate refuses, and says why', () => {
    const file = folder.path('hostile.ndjson');
    const honest = readFileSync('training-data/heldout/legit.jsonl', 'utf8').trim().split('\n');
    const hostile = Array.from({ length: 1200 }, (_, at) => {
      const { text } = JSON.parse(honest[at % 200]) as { text: string };
      return JSON.stringify({ text: `${text} ${at}`, label: 'spam', author: `hand ${at % 12}` });
    });
    writeFileSync(file, hostile.join('\n'));
    const { status, stdout } = run('train', '--samples', file, '--gate', '--out', folder.path('none'));
    expect(status).toBe(1);
    expect(stdout).toMatch(/is worse, nothing was written\n {2}held-out honest lines flagged: \d+ → \d+ of 449/);
    expect(() => readFileSync(folder.path('none/model.bin'))).toThrow();
  });

  it('names a faulty row and trains nothing', () => {
    const file = folder.path('faulty.ndjson');
    writeFileSync(file, '{"text": "x", "label": "ham?"}\n');
    const { status, stderr } = run('train', '--samples', file, '--out', folder.path('none'));
    expect([status, stderr]).toEqual([2, expect.stringContaining('faulty.ndjson:1')]);
  });
});
