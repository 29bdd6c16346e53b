import { describe, expect, it } from 'vitest';
import { calibrationFigures } from '../../scripts/eval-calibration.ts';
import { documentFigures, wholeSpam } from '../../scripts/eval-documents.ts';
import { falseAlarms } from '../../scripts/eval-honest.ts';
import {
  atRandomOffsets,
  atTail,
  insideSentence,
  overLines,
  severalLists,
  twoLists,
} from '../../scripts/eval-injections.ts';
import { judgeLine, rankOf, recall, type JudgedLine } from '../../scripts/eval-lines.ts';
import { ruleFigures } from '../../scripts/eval-rules.ts';
import { recallAbove, thresholdFor } from '../../scripts/eval-ranking.ts';
import { loadBaseSieve } from '../../src/node/base-sieve.ts';
import { createRandom } from '../../src/training/random.ts';

const ARTICLE = [
  '会议在北京举行，代表们讨论了三项议案。',
  '图书馆周末照常开放，读者可以凭证借阅。',
  '全市道路今天恢复通行。',
];
const LIST = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const sieve = await loadBaseSieve();

describe('injections', () => {
  it.each([
    ['tail', atTail(() => LIST), 1],
    ['inside', insideSentence(() => 'zqzq'), 1],
    ['offsets', atRandomOffsets(() => 'zqzq'), 3],
    ['several', severalLists(() => LIST), 2],
    ['two lists', twoLists((_, separator) => LIST.replaceAll('_', separator)), 2],
    ['over lines', overLines(() => 'zqzq'), 4],
  ])('%s: the truth is where the spam is, and without it the article is left', (name, inject, fewest) => {
    const random = createRandom(3);
    for (let n = 0; n < 30; n++) {
      const { text, truth, clean } = inject(ARTICLE, random);
      expect(truth.length, name).toBeGreaterThanOrEqual(fewest);
      for (const { start, end } of truth) expect(text.slice(start, end)).toMatch(/^(zqzq|国产精品一区.*自拍)$/);
      const rest = [...truth].reverse().reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
      expect(rest.replaceAll(/[\s。]/g, '')).toBe(clean.replaceAll(/[\s。]/g, ''));
    }
  });

  it('inside a sentence stands between two letters', () => {
    const random = createRandom(4);
    for (let n = 0; n < 30; n++) {
      const { text, truth } = insideSentence(() => 'zqzq')(ARTICLE, random);
      expect(text[truth[0].start - 1] + text[truth[0].end]).toMatch(/^\p{L}\p{L}$/u);
    }
  });

  it('are found where they stand', () => {
    const prose = ARTICLE.map((line) => line.repeat(3));
    const figures = documentFigures(
      sieve,
      prose,
      20,
      severalLists(() => LIST),
    );
    expect(figures).toMatchObject({ documents: 20, exact: 1, injectionsFound: 1, cleanFlagged: 0 });
    const missed = documentFigures(
      sieve,
      prose,
      20,
      insideSentence(() => '我们'),
    );
    expect(missed).toMatchObject({ exact: 0, injectionsFound: 0 });
    expect(wholeSpam(sieve, 5, () => LIST)).toEqual({ block: 100 });
  });
});

describe('false alarms', () => {
  const line = (action: JudgedLine['action']): JudgedLine => ({
    isSpam: false,
    posterior: 0,
    score: 0,
    action,
    length: 9,
  });

  it('are counted in 100,000 lines, removal apart from review', () => {
    const files = [
      { folder: 'legit', name: 'a', lines: [line('remove'), line('pass'), line('pass'), line('pass')] },
      { folder: 'hard-negative', name: 'toxicn', lines: [line('review'), line('pass'), line('pass'), line('pass')] },
    ];
    const figures = falseAlarms(files);
    expect(figures.all).toEqual({ lines: 8, removedPer100k: 12_500, reviewPer100k: 12_500 });
    expect(figures['crude sources']).toEqual({ lines: 4, removedPer100k: 0, reviewPer100k: 25_000 });
    expect(figures.worst.map(({ name }) => name)).toEqual(['a', 'toxicn']);
  });
});

describe('budgets', () => {
  it('allow as many honest lines above the threshold as they say, ties counting against', () => {
    const honest = [5, 4, 4, 3, 2, 1, 1, 1, 1, 1];
    expect(thresholdFor(honest, 0)).toBe(5);
    expect(thresholdFor(honest, 10_000)).toBe(4);
    expect(honest.filter((score) => score > thresholdFor(honest, 20_000))).toHaveLength(1);
    expect(recallAbove([6, 5, 4], 4).part).toBe(2);
    expect(thresholdFor([1], 100_000)).toBe(-Infinity);
  });

  it('rank every line with a finding above every line without', () => {
    expect(rankOf({ logOdds: 0.1, posterior: 0 })).toBeGreaterThanOrEqual(rankOf({ logOdds: 0, posterior: 1 }));
    const [spam, honest] = [LIST, ARTICLE[0]].map((text) => judgeLine(sieve, text, true));
    expect(spam.score).toBeGreaterThan(1);
    expect(honest.score).toBeLessThan(0.5);
    expect(recall([spam, honest])).toEqual({ lines: 2, found: 50, removed: 50 });
  });
});

describe('calibration', () => {
  const lines = (count: number, part: Partial<JudgedLine>): JudgedLine[] =>
    Array.from({ length: count }, () => ({
      isSpam: false,
      posterior: 0,
      score: 0,
      action: 'pass' as const,
      length: 20,
      ...part,
    }));

  it('weighs spam to one line in a hundred, also among findings', () => {
    // At one in a hundred: .01 × 1/2 of spam and .99 × 1/99 of honest lines have a finding, so a third of findings is spam.
    const finding = { score: 1.5, posterior: 1 / 3 };
    const honest = [...lines(98, {}), ...lines(1, finding)];
    const spam = [...lines(1, { isSpam: true }), ...lines(1, { isSpam: true, ...finding })];
    const figures = calibrationFigures(honest, { spam });
    expect(figures['lines with a finding, at the prevalence']).toBeCloseTo(0, 5);
    expect(figures['lines with a finding, at the mix']).toBeCloseTo(1 / 6, 5);
    expect(figures.byLength).toHaveProperty('17-32');
  });
});

describe('rules', () => {
  it('are counted by lines in 100,000, loud ones first', () => {
    const figures = ruleFigures(
      ['图书馆自助借还机支持有码和无码两种图书', '今天天气很好', '明天下雨', '后天晴'],
      [LIST],
    );
    expect(figures.loudest).toMatchObject([
      { rule: 'adult.uncensored-word', honestPer100k: 25_000, spamPer100k: 100_000 },
    ]);
    expect(figures.loudest[0].precision).toBe(0.8);
    expect(figures.silent).toBeGreaterThan(20);
  });
});
