import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LabelledLine } from '../../src/training/scaling.ts';
import { mail } from './mail.ts';
import type { Peer } from './peer.ts';
import { isInstalled, run, temporary } from './program.ts';

/** Exit codes of a classification: spam, ham, unsure. */
const JUDGED = [0, 1, 2];

/**
 * Takes mails, so that each line is the body of one. Its lexer cuts Chinese only at marks and drops what is longer than 30
 * bytes, so that it is given bigrams with blanks between them.
 */
export const bogofilter: Peer = {
  name: 'bogofilter 1.2.5, bigrams as words',
  spans: 'no',
  train: (lines) => {
    if (!isInstalled('bogofilter')) return Promise.resolve(null);
    const folder = temporary();
    const config = folder.path('bogofilter.cf');
    writeFileSync(config, 'min_token_len=2\nmax_token_len=60\n');
    const options = ['-c', config, '-d', dirname(config), '-M'];
    const learn = (flag: string, label: LabelledLine['label']): void => {
      run(
        'bogofilter',
        [...options, flag],
        mailbox(lines.filter((line) => line.label === label).map(({ text }) => text)),
      );
    };
    learn('-s', 'spam');
    learn('-n', 'legit');
    const score = (texts: readonly string[]): number[] => {
      const printed = run('bogofilter', [...options, '-TT'], mailbox(texts), JUDGED)
        .trimEnd()
        .split('\n');
      if (printed.length !== texts.length)
        throw new Error(`bogofilter judged ${printed.length} of ${texts.length} lines`);
      return printed.map(Number);
    };
    return Promise.resolve({ bytes: statSync(folder.path('wordlist.db')).size, score, close: () => folder.remove() });
  },
};

function mailbox(texts: readonly string[]): string {
  return texts.map((text) => `From a@b\n${mail(text)}\n`).join('');
}
