import { describe, expect, it } from 'vitest';
import type { SeenDays } from '../../src/audit/campaign-draft.ts';
import { CampaignFinder } from '../../src/audit/campaigns.ts';
import type { FindingRow, FoundSpan } from '../../src/audit/finding-row.ts';
import { hostsOf } from '../../src/audit/link-targets.ts';
import { cellOf } from '../../src/audit/report-csv.ts';
import { similarity, sketchOf } from '../../src/audit/sketch.ts';

function row(page: string, text: string, lastModified?: string): FindingRow {
  const span: FoundSpan = {
    start: 0,
    end: text.length,
    line: 1,
    category: 'gambling',
    logOdds: 9,
    posterior: 1,
    action: 'remove',
    reasons: [],
    text,
    before: '',
    after: '',
    position: 'tail',
    hosts: hostsOf(text),
  };
  const dated = lastModified === undefined ? {} : { lastModified };
  return {
    id: page,
    place: { source: page },
    contentType: 'text/plain',
    digest: '',
    ...dated,
    verdict: 'clean',
    posterior: 1,
    spans: [span],
  };
}

function daysOf({ lastModified }: FindingRow): SeenDays {
  const runs = { firstRun: '2026-03-01', lastRun: '2026-03-02' };
  return lastModified === undefined ? runs : { ...runs, documentDay: lastModified };
}

describe('campaigns', () => {
  it('puts near duplicates and spans of one host together, and others apart', () => {
    const rows = [
      row('a', '真人百家乐_澳门新葡京_时时彩平台_注册送彩金', '2026-02-01'),
      row('b', '真人百家乐|澳门新葡京|時時彩平台|注册送彩金|老虎机', '2026-01-01'),
      row('c', 'slot gacor maxwin http://win88.example/a'),
      row('d', 'bonus new member www.win88.example'),
      row('e', 'essay writing service cheap t.me'),
      row('f', 'poker room tonight t.me'),
    ];
    const finder = new CampaignFinder();
    for (const each of rows) finder.add(each);
    finder.rank();
    for (const [number, each] of rows.entries()) finder.describe(number, each, each.spans[0], daysOf(each));
    const campaigns = finder.campaigns();
    expect(campaigns.map(({ pages }) => pages)).toEqual([['a', 'b'], ['c', 'd'], ['e'], ['f']]);
    expect(campaigns[0]).toMatchObject({ documents: 2, firstSeen: '2026-01-01', lastSeen: '2026-02-01' });
    expect(campaigns[1].hosts).toEqual([['win88.example', 2]]);
    expect(campaigns[1].name).toContain('win88.example');
    expect([0, 1, 2, 3].map((number) => finder.idOf(number))).toEqual(['c1', 'c1', 'c2', 'c2']);
  });

  it('sketches estimate how much two texts share', () => {
    const words = Array.from({ length: 200 }, (_, i) => `word${i * 7919}`);
    const half = [...words.slice(0, 100), ...words.slice(100).map((word) => `${word}x`)];
    expect(similarity(sketchOf(words.join(' ')), sketchOf(words.join('_').toUpperCase()))).toBe(1);
    expect(similarity(sketchOf(words.join(' ')), sketchOf('quite another text, nothing shared'))).toBe(0);
    const shared = similarity(sketchOf(words.join(' ')), sketchOf(half.join(' ')));
    expect(shared).toBeGreaterThan(0.3);
    expect(shared).toBeLessThan(0.95);
  });
});

describe('cells of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['=1+1', `"'=1+1"`],
    [' @x', `"' @x"`],
    ['＝1', `"'＝1"`],
    ['-1', `"'-1"`],
    ['\tx', `"'\tx"`],
    ['a "b", c', '"a ""b"", c"'],
  ])('%j is %j', (text, cell) => expect(cellOf(text)).toBe(cell));
});

describe('hosts', () => {
  it('are those of links and bare names, without names of files', () => {
    expect(hostsOf('<a href="https://WWW.a.example/x.html">b.example index.php 1.5</a>')).toEqual([
      'a.example',
      'b.example',
    ]);
  });
});
