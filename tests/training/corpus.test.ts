import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { readRows } from '../../src/node/training-data.ts';
import { checkRows, CorpusError, parseRows } from '../../src/training/corpus.ts';

const row = { id: 'a', text: 'b', label: 'legit', category: '', language: 'en', kind: 'news', source: 'linesieve' };
const parse = (...rows: readonly object[]) => parseRows('f.jsonl', rows.map((each) => JSON.stringify(each)).join('\n'));
const rowsOf = (folder: string) => readRows(join(PACKAGE_FOLDER, 'training-data', folder));

describe('parseRows', () => {
  it('reads one row a line and skips empty lines', () => {
    expect(parseRows('f', `${JSON.stringify(row)}\n\n`)).toEqual([row]);
  });

  it.each([
    ['{', /f.jsonl:1: a row is one JSON object/],
    [JSON.stringify({ ...row, text: 3 }), /text must be a string/],
    [JSON.stringify({ ...row, text: 'a\nb' }), /one line/],
    [JSON.stringify({ ...row, label: 'ham' }), /label must be legit or spam, not ham/],
    [JSON.stringify({ ...row, label: 'spam' }), /category must be adult/],
    [JSON.stringify({ ...row, category: 'adult' }), /category must be empty/],
  ])('refuses %s', (line, message) => {
    expect(() => parseRows('f.jsonl', line)).toThrow(CorpusError);
    expect(() => parseRows('f.jsonl', line)).toThrow(message);
  });

  it('refuses ids given twice and texts labelled both ways', () => {
    expect(() => checkRows(parse(row, row))).toThrow(/two rows have the id a/);
    expect(() => checkRows(parse(row, { ...row, id: 'c', label: 'spam', category: 'adult' }))).toThrow(/both ways/);
  });
});

describe('the training data', () => {
  const legit = rowsOf('legit');
  const spam = rowsOf('spam');
  const heldOut = rowsOf('heldout');

  it('has ids once, each text with one label, and labels as its folders say', () => {
    checkRows([...legit, ...spam, ...heldOut]);
    expect(legit.every(({ label }) => label === 'legit')).toBe(true);
    expect(spam.every(({ label }) => label === 'spam')).toBe(true);
  });

  it('keeps held-out lines out of training', () => {
    const trained = new Set([...legit, ...spam].map(({ text }) => text));
    expect(heldOut.filter(({ text }) => trained.has(text))).toEqual([]);
  });

  it('has six hundred lines of each label or more, and all fifty kinds of hard negatives', () => {
    expect(legit.length).toBeGreaterThanOrEqual(600);
    expect(spam.length + heldOut.filter(({ label }) => label === 'spam').length).toBeGreaterThanOrEqual(600);
    const kinds = new Set(legit.map(({ kind }) => kind));
    for (let n = 1; n <= 50; n++) expect(kinds).toContain(`hn${String(n).padStart(2, '0')}`);
  });
});
