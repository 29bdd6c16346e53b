import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { afterAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { tokensOf } from '../../src/samples/natural.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const run = (...args: string[]): string =>
  spawnSync(process.execPath, ['src/node/bin.ts', ...args, '--data', folder.path('data')], { encoding: 'utf8' }).stdout;

describe('a classifier that natural saved', () => {
  it('comes in by file and goes out by file: natural restores it and classifies the tokens of linesieve/natural', () => {
    const theirs = new BayesClassifier();
    const documents = [
      ['best casino odds bonus', 'spam'],
      ['slots jackpot bonus tonight', 'spam'],
      ['the council met on monday', 'ham'],
      ['library opens at nine', 'ham'],
    ] as const;
    for (const [text, label] of documents) theirs.addDocument(text.split(' '), label);
    theirs.train();
    writeFileSync(folder.path('in.json'), JSON.stringify(theirs));
    expect(run('samples', 'import', folder.path('in.json'), '--format', 'natural')).toContain('4 added');
    const said = run('samples', 'export', '--format', 'natural', '--out', folder.path('out.json'));
    expect(said).toMatch(/^4 written to .*\nit classifies lists of tokensOf\(line\), which linesieve\/natural exports/);
    const saved: unknown = JSON.parse(readFileSync(folder.path('out.json'), 'utf8'));
    const ours = (BayesClassifier as unknown as { restore(saved: unknown): BayesClassifier }).restore(saved);
    expect(ours.classify(tokensOf('a casino bonus'))).toBe('spam');
    expect(ours.classify(tokensOf('monday at the library'))).toBe('legit');
  });

  it('has its tokens at a front door of the package', () => {
    expect(manifest.exports['./natural'].default).toBe('./dist/samples/natural.js');
  });
});
