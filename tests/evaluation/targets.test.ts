import { expect, it } from 'vitest';
import { targetTable, type CorpusReport } from '../../scripts/eval-targets.ts';

const RATE = { lines: 100, removedPer100k: 1, reviewPer100k: 31 };
const DOCUMENTS = {
  documents: 1,
  exact: 0.99,
  within3: 0.99,
  precision: 1,
  recall: 1,
  injectionsFound: 1,
  cleanFlagged: 0,
  joints: {},
};

it('the table of targets marks what misses, whichever way it should go', () => {
  const report = {
    honest: { all: RATE, 'hard-negative': RATE, 'crude sources': RATE },
    recall: { 'adult zh, composed lists': { lines: 1, found: 99.9, removed: 0 } },
    calibration: {
      'all lines, at the prevalence': 0.02,
      'all lines, at the mix': 0.01,
      byLength: { '01-08': 0.14, '09-16': 0.001 },
      byGroup: { a: 0.01 },
    },
    obfuscated: { a: { lines: 1, found: 90, removed: 0 }, b: { lines: 1, found: 100, removed: 0 } },
    documents: { 'list at the tail': DOCUMENTS, 'list with titles at the tail': DOCUMENTS },
    'titles in a list, wholly found': { titles: 1, found: 96 },
  } as unknown as CorpusReport;
  const table = targetTable(report);
  expect(table).toContain('| honest lines removed, per 100,000 | 1 | ≤ 2 |');
  expect(table).toContain('| honest lines sent to review, per 100,000 | **31** | ≤ 30 |');
  expect(table).toContain('| adult zh, composed lists, % found | 99.9 | ≥ 99.9 |');
  expect(table).toContain('| adult en, titles alone, % found | **NaN** | ≥ 40 |');
  expect(table).toContain('| obfuscated lists, worst transform, % found | **90** | ≥ 95 |');
  expect(table).toContain('| documents with a list, % exact | 99 | ≥ 98.5 |');
  expect(table).toContain('| calibration error, all lines at the prevalence | **0.02** | ≤ 0.01 |');
  expect(table).toContain('| calibration error, all lines at the mix | 0.01 | ≤ 0.01 |');
  expect(table).toContain('| calibration error, worst length | **0.14** | ≤ 0.01 |');
  expect(table).toContain('| calibration error, worst kind of spam | 0.01 | ≤ 0.01 |');
});
