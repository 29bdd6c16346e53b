import { describe, expect, it } from 'vitest';
import { BoilerplateLines, MOST_BOILERPLATE } from '../../src/audit/boilerplate.ts';
import { isOpen, reasonsText, repeatedWeight } from '../../src/audit/finding.ts';
import type { FindingRow, FoundSpan } from '../../src/audit/finding-row.ts';
import { templateOf } from '../../src/audit/line-template.ts';
import { OrderedFindings } from '../../src/audit/ordered-findings.ts';
import { RepeatFinder } from '../../src/audit/repeats.ts';
import { siteOf } from '../../src/audit/site.ts';
import { findingOf, findingRow, foundSpan } from './finding-rows.ts';

const REVIEW = { action: 'review', posterior: 0.4, position: 'middle' } as const;
const page = (i: number, text: string, changes: Partial<FoundSpan> = {}, site = 'https://a.example'): FindingRow =>
  findingRow(`${site}/${i}.html`, [foundSpan(text, { ...REVIEW, ...changes })]);

function isFirstBoilerplate(rows: readonly FindingRow[], read: number): boolean {
  const repeats = new RepeatFinder();
  for (const row of rows) repeats.add(row);
  return repeats.isBoilerplate(0, read);
}
const times = (count: number, make: (i: number) => FindingRow): FindingRow[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('repeated lines', () => {
  it.each([
    ['other numbers each time', times(20, (i) => page(i, `video ${i * 7} today`)), 6000, true],
    ['… on four pages', times(4, (i) => page(i, `video ${i * 7} today`)), 6000, false],
    [
      '… in one document',
      [
        findingRow(
          'https://a.example/',
          times(20, (i) => page(i, `v ${i}`)).flatMap(({ spans }) => spans),
        ),
      ],
      40,
      false,
    ],
    ['the same text on few pages', times(20, (i) => page(i, 'cheap loans today')), 6000, false],
    ['… over half of the site', times(20, (i) => page(i, 'cheap loans today')), 40, true],
    [
      '… but certain',
      times(20, (i) => page(i, 'cheap loans today', { action: i === 3 ? 'remove' : 'review' })),
      40,
      false,
    ],
    ['… but hidden', times(20, (i) => page(i, 'cheap loans today', { position: 'hidden' })), 40, false],
    ['… but with a foreign link', times(20, (i) => page(i, 'cheap loans', { hosts: ['b.example'] })), 40, false],
    [
      '… with a link to itself',
      times(20, (i) => page(i, 'cheap loans', { hosts: ['www.a.example', 'a.example'] })),
      40,
      true,
    ],
    ['a telephone number', times(20, (i) => page(i, `call 1380013${1000 + i}`)), 40, false],
    [
      'two sites, of unknown sizes',
      times(20, (i) => page(i, 'cheap loans', {}, `https://${i % 2}.example`)),
      20,
      false,
    ],
  ])('are boilerplate or not: %s', (_, rows, read, expected) => expect(isFirstBoilerplate(rows, read)).toBe(expected));

  it('are counted over sites, numbers and marks aside', () => {
    const repeats = new RepeatFinder();
    const rows = [
      page(0, 'Bonus 100 – poker!'),
      page(1, 'bonus 250 poker', {}, 'https://b.example'),
      page(2, 'another line'),
      page(3, '<b>BONUS</b> 7, poker'),
    ];
    for (const row of rows) repeats.add(row);
    expect([0, 1, 2, 3].map((number) => repeats.pagesOf(number))).toEqual([3, 3, 1, 3]);
    expect(repeats.lineOf(0)).toBe(repeats.lineOf(3));
    expect(repeats.lineOf(0)).not.toBe(repeats.lineOf(1));
  });

  it('have a template: words without their numbers', () => {
    expect(templateOf('Page 12 of 99').key).toBe(templateOf('page 3 of 40').key);
    expect(templateOf('Page 12 of 99').key).not.toBe(templateOf('page of').key);
    expect(templateOf('Page 12 of 99')).toMatchObject({ numbers: '12 99', hasContact: false });
    expect(templateOf('QQ 12345678').hasContact).toBe(true);
    const letters = (i: number): string => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const keys = new Set(Array.from({ length: 50_000 }, (_, i) => templateOf(`w${letters(i)}`).key));
    expect(keys.size).toBe(50_000);
  });

  it('belong to a site: a host, an export, a folder', () => {
    const sites = [
      { id: '1', place: { source: 'https://A.example:8080/x?y' } },
      { id: 'https://b.example/p', place: { source: 'rows.ndjson', entry: '1' } },
      { id: '1', place: { source: 'rows.ndjson', entry: '1' } },
      { id: 'x', place: { source: 'site/deep/a.html' } },
    ];
    expect(sites.map(siteOf)).toEqual(['a.example:8080', 'b.example', 'rows.ndjson', 'site/deep/']);
  });
});

describe('the order of findings', () => {
  it('puts open ones first, then what is sure and repeated; boilerplate is none', () => {
    const ordered = new OrderedFindings();
    const alone = { pages: 1, boilerplate: false, open: true };
    ordered.add(5, alone);
    ordered.add(60, { ...alone, open: false });
    ordered.add(5, { ...alone, pages: 8 });
    ordered.add(99, { ...alone, boilerplate: true });
    ordered.add(5, alone);
    expect([...ordered.first(3)]).toEqual([
      [2, 0],
      [0, 1],
      [4, 2],
    ]);
    expect(ordered.first(9).size).toBe(4);
  });

  it('says what repetition adds, and that it decides nothing', () => {
    const finding = findingOf('x', { pages: 8 });
    expect(reasonsText(finding)).toBe('+12.0 bayes, −3.0 prior, +3.0 repeated (8 pages)');
    expect(reasonsText({ ...finding, pages: 1 })).not.toContain('repeated');
    expect(repeatedWeight({ pages: 1e6, boilerplate: false })).toBe(8);
    expect(repeatedWeight({ pages: 1e6, boilerplate: true })).toBe(0);
    expect(isOpen(finding)).toBe(true);
    expect(isOpen({ ...finding, state: 'unchanged' })).toBe(false);
    expect(isOpen({ ...finding, state: 'new', boilerplate: true })).toBe(false);
  });
});

describe('boilerplate', () => {
  it('is told once a line, commonest first, and bounded', () => {
    const lines = new BoilerplateLines();
    const boilerplate = (text: string, source: string) =>
      findingOf(text, { boilerplate: true, span: foundSpan(text, REVIEW), row: findingRow(source, []) });
    expect(lines.add(boilerplate('video 1', 'a'), 7)).toBe(true);
    expect(lines.add(boilerplate('visits 1', 'a'), 9)).toBe(true);
    expect(lines.add(boilerplate('visits 2', 'b'), 9)).toBe(false);
    expect(lines.list()).toMatchObject([
      { text: 'visits 1', documents: 2, pages: ['a', 'b'], posterior: 0.4 },
      { text: 'video 1', documents: 1 },
    ]);
    for (let i = 0; i < 2 * MOST_BOILERPLATE; i++) lines.add(boilerplate('x', 'c'), 100 + i);
    expect(lines.list()).toHaveLength(MOST_BOILERPLATE);
    expect(lines.spans).toBe(3 + 2 * MOST_BOILERPLATE);
  });
});
