import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGenerator, GrammarError, type GeneratedList, type Grammar } from '../../src/training/generator.ts';
import { createRandom } from '../../src/training/random.ts';

const FOLDER = new URL('../../training-data/generator/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const read = (file: string): Grammar => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Grammar;
const grammars = files.sort().map(read);
const LINES = 5_000;

describe('grammar files', () => {
  it.each(files)('%s composes lines of its own category and language without a break', (file) => {
    const grammar = read(file);
    const generator = createGenerator([grammar], 1);
    for (let i = 0; i < 200; i++) {
      const { text, category, language } = generator.line();
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/[\r\n]/);
      expect([category, language]).toEqual([grammar.category, grammar.language]);
    }
  });

  it.each(files.filter((file) => 'name' in read(file)))('%s is named after its file', (file) => {
    expect(read(file)).toHaveProperty('name', file.replace('.json', ''));
  });

  it('keeps words of school and childhood out of adult and escort lines, glued ones too', () => {
    const minors =
      /少女|学生|學生|校|童|幼|孩|岁|歲|school|student|teen|child|young|학생|школ|학교|học sinh|นักเรียน|anak/i;
    const sensitive = grammars.filter(({ category }) => category === 'adult' || category === 'escort');
    const generator = createGenerator(sensitive, 5);
    const texts = Array.from({ length: 8_000 }, () => generator.line().text);
    expect(texts.filter((text) => minors.test(text))).toEqual([]);
  });
});

describe('the same seed', () => {
  const compose = (seed: number): string[] => {
    const generator = createGenerator(grammars, seed);
    return Array.from({ length: 50 }, () => generator.line().text);
  };

  it('gives the same lines, another seed others', () => {
    expect(compose(11)).toEqual(compose(11));
    expect(compose(11)).not.toEqual(compose(12));
  });

  it('may be a random source that is already in use', () => {
    const fresh = createGenerator(grammars, createRandom(11)).line();
    expect(createGenerator(grammars, 11).line()).toEqual(fresh);
  });
});

describe('options', () => {
  const generator = createGenerator(grammars, 2);

  it('choose category, language and list type', () => {
    const phrase = generator.phrase({ category: 'gambling', language: 'vi' });
    expect(phrase).toMatchObject({ category: 'gambling', language: 'vi' });
    expect(generator.list({ language: 'ja', type: 'series' })).toMatchObject({ language: 'ja', type: 'series' });
  });

  it('that no grammar has are refused with what there is', () => {
    expect(() => generator.phrase({ category: 'gossip', language: 'de' })).toThrow(/gossip.*there are .*gossip-zh/);
  });
});

describe('adult zh lines, against what was measured on 68 pages', () => {
  const generator = createGenerator([read('adult-zh.json')], 3);
  const lists = Array.from({ length: LINES }, () => generator.list());
  const share = (fits: (list: GeneratedList) => boolean): number => lists.filter(fits).length / lists.length;
  const simple = lists.filter(({ separator }) => ['_', '-', '|', '丨'].includes(separator));
  const parts = simple.map(({ text, separator }) => text.split(separator).filter(Boolean));

  it.each([
    ['random', 0.69],
    ['series', 0.1],
    ['story', 0.21],
  ] as const)('%s lists: %f', (type, measured) => {
    expect(Math.abs(share((list) => list.type === type) - measured)).toBeLessThan(0.025);
  });

  it.each([
    ['_', 0.49, 0.07],
    [',', 0.28, 0.04],
    ['-', 0.16, 0.03],
    [' I ', 0.03, 0.01],
    ['I', 0.015, 0.008],
    ['丨', 0.015, 0.008],
    ['|', 0.015, 0.008],
    ['mixed', 0.03, 0.012],
  ])('separator %j: %f', (separator, measured, tolerance) => {
    expect(Math.abs(share((list) => list.separator === separator) - measured)).toBeLessThan(tolerance);
  });

  it('uses every separator that is known but was not in the sample', () => {
    const seen = new Set(lists.map(({ separator }) => separator));
    expect(['、', ' ', '/', '·', '#', ' | ', '｜', '＿', '，'].filter((one) => !seen.has(one))).toEqual([]);
  });

  it('joins a mixed list by `-` first and `,` after', () => {
    const mixed = lists.filter(({ separator }) => separator === 'mixed');
    expect(mixed.every(({ text }) => text.indexOf('-') < text.indexOf(','))).toBe(true);
    expect(mixed.every(({ text }) => text.split(',')[0].split('-').length >= 9)).toBe(true);
  });

  it('series share their first word', () => {
    const series = lists.filter(({ type, separator }) => type === 'series' && separator === '-');
    const led = series.filter(({ text }) => commonHead(text.split('-')) >= 0.8);
    expect(led.length / series.length).toBeGreaterThan(0.8);
  });

  it('phrases per line and their lengths', () => {
    const counts = quantiles(parts.map((phrases) => phrases.length));
    expect(counts.median).toBeGreaterThanOrEqual(7);
    expect(counts.median).toBeLessThanOrEqual(9);
    expect(counts.p90).toBeGreaterThanOrEqual(13);
    expect(counts.p90).toBeLessThanOrEqual(20);
    const lengths = quantiles(parts.flat().map((phrase) => [...phrase].length));
    expect(lengths.median).toBeGreaterThanOrEqual(9);
    expect(lengths.median).toBeLessThanOrEqual(11);
    expect(lengths.p90).toBeGreaterThanOrEqual(12);
    expect(lengths.p90).toBeLessThanOrEqual(15);
  });

  it.each([
    ['精品', 0.88],
    ['国产', 0.85],
    ['久久', 0.75],
    ['亚洲', 0.74],
    ['视频', 0.74],
    ['欧美', 0.63],
    ['av', 0.49],
    ['成人', 0.47],
    ['无码', 0.4],
    ['人妻', 0.21],
    ['午夜', 0.21],
    ['少妇', 0.18],
  ])('%s in %f of the lines', (word, measured) => {
    expect(Math.abs(share(({ text }) => text.includes(word)) - measured)).toBeLessThan(0.15);
  });

  it('cuts some last phrases, and clips words inside', () => {
    expect(share(({ text }) => text.endsWith('...'))).toBeGreaterThan(0.015);
    expect(share(({ text }) => text.endsWith('...'))).toBeLessThan(0.06);
    const grammar = read('adult-zh.json');
    const phrases = (noise: object): string[] => {
      const generator = createGenerator([{ ...grammar, noise }], 3);
      return Array.from({ length: 500 }, () => generator.phrase({ type: 'random' }).text);
    };
    expect(phrases({ clip: 1 }).some((text) => /国产精(?!品)/.test(text))).toBe(true);
    expect(phrases({}).filter((text) => /国产精(?!品)/.test(text))).toEqual([]);
  });

  it('names years in about 9 of 100 lines and glues random characters to phrases', () => {
    const years = share(({ text }) => /20(1[4-9]|2[0-5])/.test(text));
    expect(Math.abs(years - 0.09)).toBeLessThan(0.04);
    expect(share(({ text }) => /[bcdfghjkmnpqrstvwxz0-9]{6}/.test(text))).toBeGreaterThan(0.02);
  });
});

describe('line()', () => {
  const generator = createGenerator(grammars, 9);
  const lines = Array.from({ length: LINES }, () => generator.line());

  it('is adult zh in about 70 of 100', () => {
    const adult = lines.filter(({ category, language }) => category === 'adult' && language === 'zh-Hans');
    expect(Math.abs(adult.length / LINES - 0.7)).toBeLessThan(0.06);
  });

  it('has every category, every type and single phrases', () => {
    expect([...new Set(lines.map(({ category }) => category))].sort()).toEqual([
      'adult',
      'escort',
      'essay',
      'gambling',
      'gossip',
      'loans',
      'pharma',
      'replica',
    ]);
    expect([...new Set(lines.map(({ type }) => type))].sort()).toEqual(['phrase', 'random', 'series', 'story']);
  });
});

describe('a broken grammar', () => {
  const list = { share: 1, count: [1, 1, 2, 3, 4, 5, 6], separators: { '-': 1 }, templates: { A: 1 } };
  const whole = {
    name: 'sample',
    category: 'adult',
    language: 'en',
    share: 1,
    joint: ' ',
    alone: 0,
    noise: {},
    slots: { A: 'one, two=2' },
    lists: { random: list },
  };
  const withList = (change: object): object => ({ ...whole, lists: { random: { ...list, ...change } } });

  it('is not the sample that these rows break', () => {
    expect(() => createGenerator([whole as Grammar], 1)).not.toThrow();
  });

  it.each([
    ['unknown category', { ...whole, category: 'x' }, /sample: category "x" is unknown; use one of adult/],
    ['unknown language', { ...whole, language: 'xx' }, /language "xx" is unknown; use one of zh-Hans/],
    ['no share', { ...whole, share: 0 }, /share must be a number above 0; give/],
    ['empty word', { ...whole, slots: { A: 'one,,two' } }, /slot A has an empty word; delete the comma/],
    ['bad weight', { ...whole, slots: { A: 'one=x' } }, /slot A: weight of "one" is not above 0; write word=weight/],
    ['word twice', { ...whole, slots: { A: 'one, one' } }, /slot A has "one" twice; add the weights up/],
    ['idle slot', { ...whole, slots: { A: 'one', B: 'two' } }, /slot B is used by no template; use it, or delete/],
    ['unknown slot', withList({ templates: { 'A B': 1 } }), /template "A B" names slot B, which is not there; add/],
    ['early repeat', withList({ templates: { 'A@ A': 1 } }), /repeats A@ before it is drawn; put A before it/],
    ['chance repeat', withList({ templates: { 'A? A@': 1 } }), /repeats A@ before it is drawn/],
    ['no separators', withList({ separators: {} }), /list random has no separators; add/],
    ['line break', withList({ separators: { '\n': 1 } }), /breaks the line/],
    ['falling counts', withList({ count: [9, 1, 2, 3, 4, 5, 6] }), /count must be 7 rising numbers.*give min, p10/],
    ['unknown list', { ...whole, lists: { random: list, other: list } }, /list type other is unknown; use random/],
    ['no random list', { ...whole, lists: {} }, /has no random list; add lists.random/],
    ['unknown noise', { ...whole, noise: { loud: 1 } }, /noise loud is unknown; use clip/],
    ['noise above 1', { ...whole, noise: { clip: 2 } }, /noise clip must be a share from 0 to 1/],
    ['lost variant', { ...whole, variants: { three: '3' } }, /variants of "three", which no slot has; add the word/],
    ['lost clip', { ...whole, clipped: 'B' }, /clipped names slot B/],
  ])('%s names the grammar, the row and the remedy', (_, grammar, message) => {
    expect(() => createGenerator([grammar as Grammar], 1)).toThrow(GrammarError);
    expect(() => createGenerator([grammar as Grammar], 1)).toThrow(message);
  });

  it('may not be missing altogether', () => {
    expect(() => createGenerator([], 1)).toThrow(/no grammars/);
  });
});

/** Share of the phrases that start with the two characters most of them start with. */
function commonHead(phrases: readonly string[]): number {
  const heads = phrases.map((phrase) => [...phrase].slice(0, 2).join(''));
  return Math.max(...heads.map((head) => heads.filter((other) => other === head).length)) / phrases.length;
}

function quantiles(values: number[]): { median: number; p90: number } {
  const sorted = values.sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length * 0.5)], p90: sorted[Math.floor(sorted.length * 0.9)] };
}
