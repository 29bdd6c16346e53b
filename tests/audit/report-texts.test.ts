import { describe, expect, it } from 'vitest';
import { readableText } from '../../src/audit/readable-text.ts';
import { cellOf, csvLeftOut, csvRow, CSV_HEADER } from '../../src/audit/report-csv.ts';
import { junitCase, junitReport } from '../../src/audit/report-junit.ts';
import { markdownReport } from '../../src/audit/report-markdown.ts';
import { campaignPicture, timelinePicture } from '../../src/audit/report-pictures.ts';
import { headline, type ReportSummary } from '../../src/audit/report-summary.ts';
import { TextLines } from '../../src/audit/text-lines.ts';
import { barsOf, Timeline } from '../../src/audit/timeline.ts';
import { findingOf, findingRow, foundSpan } from './finding-rows.ts';

const HOSTILE = '</script>|`x` @you [a](http://b.example) <b>&\u0000\u202e\n# t';
const summary: ReportSummary = {
  documents: 40,
  flagged: 3,
  spans: 4,
  errors: 1,
  skipped: 0,
  complete: true,
  certain: 2,
  open: 3,
  suppressed: 1,
  baseline: { new: 2, unchanged: 1, gone: 1 },
  gone: [{ fingerprint: 'f', place: 'old.txt', category: 'adult', text: HOSTILE, seen: '2026-01-01' }],
  campaignCount: 1,
  campaigns: [
    {
      id: 'c1',
      name: `gambling · ${HOSTILE}`,
      documents: 3,
      spans: 3,
      categories: { gambling: 3 },
      positions: { tail: 3 },
      phrases: [],
      brands: [],
      hosts: [],
      firstSeen: '2026-01-01',
      lastSeen: '2026-02-01',
      datesOf: 'documents',
      pages: ['a', 'b', 'c'],
    },
  ],
  boilerplate: [{ text: 'visits 1', category: 'adult', documents: 20, posterior: 0.4, pages: ['a'] }],
  boilerplateSpans: 1,
  timeline: [{ day: '2026-01-01', documents: 3 }],
  suppressions: [{ fingerprint: 's', author: 'editor', reason: 'a quotation', expires: '2020-01-01', expired: true }],
};

describe('CSV', () => {
  it('has a cell for each column of its head', () => {
    const cells = csvRow(findingOf('x')).split(',');
    expect(cells).toHaveLength(CSV_HEADER.split(',').length);
    expect(cells.at(-1)).toBe('true\r\n');
    expect(csvLeftOut(3)).toContain('3 findings');
  });

  it.each(['=', '+', '-', '@', '\t', '\r', '\n', ' =', '\t@', '＝', '－'])('%j starts no formula', (start) => {
    expect(cellOf(`${start}1+1`)).toBe(`"'${start}1+1"`);
  });

  it('cuts what no cell holds', () => expect(cellOf('x'.repeat(99_999))).toHaveLength(32_000));
});

describe('JUnit', () => {
  const held = { fingerprint: '', author: 'editor', reason: 'a "quotation"', expires: '2030-01-01', expired: false };

  it('fails for what is open and skips the rest, with reasons', () => {
    expect(junitCase(findingOf('poker'))).toContain('<failure type="remove"');
    expect(junitCase(findingOf('poker'))).toContain('before ⟦poker⟧ after\n+12.0 bayes');
    expect(junitCase(findingOf('x', { state: 'unchanged' }))).toContain('<skipped message="unchanged');
    expect(junitCase(findingOf('x', { boilerplate: true, pages: 20 }))).toContain('on 20 pages');
    expect(junitCase(findingOf('x', { suppression: held }))).toContain('2030-01-01: a &quot;quotation&quot;');
  });

  it('is well-formed whatever a document says', () => {
    const figures = { documents: 1, errors: 0, seconds: 2, leftOut: 7, gone: 0 };
    const file = [...junitReport([junitCase(findingOf(`${HOSTILE}\ud800\ufffe]]>`))], 1, figures)].join('');
    expect(file).toContain('tests="1" failures="1" skipped="0"');
    expect(file).toContain('<property name="leftOut" value="7"/>');
    // oxlint-disable-next-line no-control-regex
    expect(file).not.toMatch(/[\0-\x08\ufffe]|\ud800|<\/script|]]>/);
    expect(file.match(/<(?!\/)/g)?.length).toBe(1 + file.match(/<\/|\/>/g)!.length);
  });

  it('has a case that passed where nothing was found', () => {
    const file = [...junitReport([], 0, { documents: 5, errors: 0, seconds: 1, leftOut: 0, gone: 0 })].join('');
    expect(file).toContain('tests="1" failures="0"');
    expect(file).toContain('name="5 documents read"/>');
  });
});

describe('Markdown', () => {
  it('tells campaigns, findings, what is gone and what has expired', () => {
    const text = markdownReport(summary, [findingOf('poker'), findingOf('held', { state: 'unchanged' })]);
    expect(text).toContain('3 open · 2 new, 1 unchanged, 1 gone · 1 suppressed');
    expect(text).toContain('| c1 | `` gambling');
    expect(text).toContain('2026-01-01 to 2026-02-01');
    expect(text).toContain('` poker `');
    expect(text).not.toContain('held');
    expect(text).toContain('2 more findings in findings.ndjson');
    expect(text).toContain('| 20 | ` visits 1 ` |');
    expect(text).toContain('### Gone since the baseline');
    expect(text).toContain('until 2020-01-01');
  });

  it('lets no markup of a document live', () => {
    const span = foundSpan(HOSTILE);
    const text = markdownReport(summary, [findingOf('', { span, row: findingRow(HOSTILE, [span]) })]);
    const outside = text.replace(/(`+) .*? \1(?!`)/g, '');
    expect(outside).not.toMatch(/[<@[\0\u202e]|script|^# /m);
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .every((line) => [5, 6, 3, 7].includes(line.split('|').length - 1)),
    ).toBe(true);
  });

  it('stays below what a comment takes', () => {
    const span = foundSpan('長'.repeat(2000));
    const many = Array.from({ length: 500 }, () => findingOf('', { span, row: findingRow('x'.repeat(900), [span]) }));
    const long = {
      ...summary,
      open: 500,
      suppressions: Array.from({ length: 900 }, () => ({ ...summary.suppressions[0], reason: 'r'.repeat(999) })),
    };
    expect(markdownReport(long, many).length).toBeLessThan(65_536);
  });
});

describe('the headline', () => {
  it('says what an owner wants to know first', () => {
    expect(headline(summary)).toBe(
      '3 of 40 documents hold 3 passages that were injected, of one campaign. 2 can be taken out without asking; 1 wants a look. 1 document could not be read (notices.ndjson).',
    );
    expect(headline({ ...summary, spans: 1, errors: 0 })).toBe('Nothing injected was found in 40 documents.');
    expect(headline({ ...summary, spans: 1, complete: false })).toContain('interrupted');
  });
});

describe('pictures', () => {
  it('count documents by day, month or year, without holes', () => {
    const timeline = new Timeline();
    for (const day of ['2026-01-01T10:00:00Z', '2026-01-03', '2026-01-03', 'no date', undefined]) timeline.add(day);
    expect(timeline.days()).toEqual([
      { day: '2026-01-01', documents: 1 },
      { day: '2026-01-03', documents: 2 },
    ]);
    expect(barsOf(timeline.days()).map(({ documents }) => documents)).toEqual([1, 0, 2]);
    timeline.add('2025-06-01');
    expect(barsOf(timeline.days()).map(({ label }) => label)).toEqual([
      '2025-06',
      '2025-07',
      '2025-08',
      '2025-09',
      '2025-10',
      '2025-11',
      '2025-12',
      '2026-01',
    ]);
    timeline.add('0001-01-01');
    expect(barsOf(timeline.days()).length).toBeLessThanOrEqual(60);
    expect(barsOf([])).toEqual([]);
  });

  it('are SVG with a name, and escape what they show', () => {
    const picture = campaignPicture(summary.campaigns);
    expect(picture).toMatch(/^<svg role="img" aria-label="[^"]+"/);
    expect(picture).not.toMatch(/<b>|<\/script/);
    expect(picture.match(/<rect/g)).toHaveLength(1);
    expect(timelinePicture([])).toBe('');
    expect(timelinePicture(summary.timeline)).toContain('2026-01-01: 3 documents');
  });
});

describe('a piece of HTML', () => {
  it.each([
    ['ref="x">text <b>of\n it</b> <di', ' text of it '],
    ['text', 'text'],
    ['a < b', 'a '],
  ])('%j reads %j', (html, text) => expect(readableText(html)).toBe(text));
});

describe('lines of a text', () => {
  it.each([
    ['ab\ncd', 3, 5, [2, 1, 2, 3]],
    ['ab\r\ncd', 1, 5, [1, 2, 2, 2]],
    ['a\rb\u2028c', 4, 5, [3, 1, 3, 2]],
    ['a\n', 2, 2, [2, 1, 2, 1]],
    ['', 0, 0, [1, 1, 1, 1]],
  ])('%j from %d to %d', (text, start, end, region) => {
    expect(Object.values(new TextLines(text).regionOf({ start, end }))).toEqual(region);
  });
});
