import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadBaseParts } from '../src/node/base-parts.ts';
import { loadBaseSieve } from '../src/node/base-sieve.ts';
import type { Rule } from '../src/rules/rule.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { createSieve } from '../src/sieve.ts';
import { foldString } from '../src/text/fold.ts';
import { linesOf } from '../src/text/lines.ts';
import type { InjectedSpan } from '../src/verdict/verdict.ts';

const sieve = await loadBaseSieve();

const honest = fc.constantFrom(
  '市政府昨日召开防汛工作会议，部署强降雨应对措施。',
  'The city council approved the new tram line by 31 votes to 14.',
  '圖為工人在生產線上檢查零件。',
  '首页 | 新闻 | 视频 | 图片',
  '',
);
const phrase = fc.constantFrom(
  '国产精品一区',
  '久久午夜无码',
  '亚洲成人av网站',
  '人妻熟女自拍',
  'free porn videos',
  '春天的故事',
  '澳门赌场开户',
);
const list = fc
  .tuple(fc.array(phrase, { minLength: 3, maxLength: 8 }), fc.constantFrom('_', ',', '-', '|', '、', ' '))
  .map(([phrases, separator]) => phrases.join(separator));
const noise = fc.string({
  unit: fc.constantFrom('久', '精品', ' ', '。', 'a', '&#20037;', '\ud800', '\0', '_', '色'),
  maxLength: 30,
});
const line = fc.oneof(
  honest,
  list,
  fc.tuple(honest, list).map(([a, b]) => a + b),
  noise,
);
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\u2028')), { maxLength: 8 })
  .map((lines) => lines.flat().join(''));

function withoutLineEnds(source: string, spans: readonly { start: number; end: number }[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end } of spans) {
    kept += source.slice(at, start);
    at = end;
  }
  return (kept + source.slice(at)).replace(/[\s\u2028]/g, '');
}

describe('a verdict', () => {
  it('has the stamp of its policy, which is one object and never changes', () => {
    const stampOf = (policy?: string) => sieve.check({ text: 'a' }, policy === undefined ? {} : { policy }).engine;
    expect(stampOf()).toBe(sieve.engine);
    expect(Object.isFrozen(sieve.engine)).toBe(true);
    expect(stampOf('strict')).toBe(stampOf('strict'));
    expect(new Set(sieve.policies.map((policy) => stampOf(policy).policy)).size).toBe(sieve.policies.length);
  });

  it('has spans in order and apart, whose reasons add up to their log-odds', () => {
    fc.assert(
      fc.property(text, (source) => {
        let at = 0;
        for (const span of sieve.check({ text: source }).spans) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          expect(span.end).toBeGreaterThan(span.start);
          at = span.end;
          const sum = span.reasons.reduce((total, reason) => total + reason.weight, 0);
          expect(Math.abs(sum - span.logOdds)).toBeLessThan(1e-6);
        }
        expect(at).toBeLessThanOrEqual(source.length);
      }),
    );
  });

  it('names, with every rule, a place that folds to what matched', () => {
    const { spans } = sieve.check({ text: '会议结束。\n国产精品一区_久久av无码_亚洲成人网站_人妻熟女自拍' });
    const rules = spans.flatMap((span: InjectedSpan) => span.reasons).filter(({ code }) => code.startsWith('rule:'));
    expect(rules.length).toBeGreaterThan(0);
    for (const { start = 0, end = 0 } of rules) expect(end).toBeGreaterThan(start);
  });

  it('has lines that tile the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { lines = [], coverage } = sieve.check({ text: source }, { lines: true });
        const expected = linesOf(source);
        expect(lines.map(({ n, start, end }) => [n, start, end])).toEqual(
          expected.map(({ n, start, end }) => [n, start, end]),
        );
        expect(coverage).toEqual({ lines: expected.length, characters: source.length, truncated: false });
      }),
    );
  });

  it('cleans to the original without its spans, and finds nothing in what it cleaned', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { spans, cleaned = '' } = sieve.check({ text: source }, { clean: true });
        expect(cleaned.replace(/[\s\u2028]/g, '')).toBe(withoutLineEnds(source, spans));
        expect(sieve.check({ text: cleaned }).verdict).toBe('pass');
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the same document', () => {
    fc.assert(
      fc.property(text, (source) => {
        const options = { lines: true, explain: true, clean: true };
        expect(sieve.check({ text: source, id: 'a' }, options)).toEqual(
          sieve.check({ text: source, id: 'a' }, options),
        );
      }),
    );
  });

  it('keeps honest lines byte for byte around an injected one', () => {
    const before = '第一段。\r\n\r\n第二段，讲的是防汛。\r\n';
    const { verdict, spans, cleaned } = sieve.check(
      { text: `${before}国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍\r\n作者：王硕\r\n` },
      { clean: true },
    );
    expect([verdict, spans.length, cleaned]).toEqual(['clean', 1, `${before}作者：王硕\r\n`]);
  });

  it('finds nothing in a figure that stands alone: a page number, a year, a price', () => {
    const figures = Array.from({ length: 10_000 }, (_, i) => [String(i), `- ${i} -`, `${i}.`]).flat();
    const article = 'The council met on Monday.';
    expect(figures.filter((text) => sieve.check({ text: `${article}\n${text}` }).spans.length > 0)).toEqual([]);
  });

  it('blocks a document of nothing but spam', () => {
    expect(sieve.check({ text: '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍' }).verdict).toBe('block');
  });

  it('finds what is hidden in HTML and leaves the page well-formed', () => {
    const hidden =
      '<div style="display:none"><a href="/x">国产精品一区</a>,<a href="/y">久久午夜无码</a>,<a href="/z">亚洲成人网站</a></div>';
    const page = `<html><body><h1>防汛</h1><p>会议昨日召开。</p>${hidden}<p>记者 王硕</p></body></html>`;
    const { verdict, spans, cleaned = '' } = sieve.check({ html: page }, { clean: true });
    expect(verdict).toBe('clean');
    expect(spans.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain('hidden');
    expect(cleaned).toContain('<p>会议昨日召开。</p>');
    expect(cleaned).toContain('<p>记者 王硕</p>');
    expect(cleaned).not.toMatch(/国产|无码|成人/);
    expect(foldString(cleaned)).not.toContain('久久');
  });

  it.each([[{}], [{ text: 'a', html: 'b' }]])('refuses %j', (input) => {
    expect(() => sieve.check(input)).toThrow(/exactly one string/);
  });

  it.each([
    ['ten million units on one line', '会议在北京举行'.repeat(1_430_000)],
    ['nothing but 久', '久'.repeat(1_000_000)],
    ['a million empty lines', '\n'.repeat(1_000_000)],
    ['lone surrogates and NUL', '\ud800\0'.repeat(100_000)],
  ])('reads all of %s', (_, source) => {
    const { coverage } = sieve.check({ text: source });
    expect(coverage.characters).toBe(source.length);
  });
});

describe('a rule that was added', () => {
  it.each([
    ['羊毛衫打折', '会议在北京举行，代表们讨论了三项议案，羊毛衫打折，并通过了新的预算。'],
    ['毛衫', '会议昨日在市政府召开，毛衫预算获得批准，与会者讨论了防汛工作。'],
    ['xbet', '会议昨日在市政府召开，批准使用xbet平台的预算，与会者讨论了防汛工作。'],
    ['xbet7', '会议昨日在市政府召开，xbet7平台预算获得批准，与会者讨论了防汛工作。'],
    ['毛a', '会议昨日在市政府召开，批准毛a预算，与会者讨论了防汛工作。'],
    ['abc羊毛', '会议在北京举行，代表们讨论了三项议案，abc羊毛，并通过了新的预算。'],
    ['양털 스웨터', '시의회는 어제 회의를 열고 양털 스웨터 예산을 논의했다고 밝혔다.'],
    ['ขายเสื้อขนแกะ', 'ที่ประชุมเมื่อวานนี้ ขายเสื้อขนแกะ และอนุมัติงบประมาณใหม่'],
    ['cheap wool sweaters', 'The council met, cheap wool sweaters, and approved the new budget of the town.'],
  ])('is heard in the middle of an honest line: %s', async (literal, text) => {
    const added: Rule = {
      id: 'site.wool',
      group: 'links',
      category: 'adult',
      weight: 20,
      description: 'wool',
      literals: [literal],
      hits: [literal],
      misses: ['wool'],
    };
    const rules = { ...builtinRules, rules: [...builtinRules.rules, added] };
    const { spans } = (await createSieve({ ...(await loadBaseParts()), rules })).check({ text });
    expect(spans.flatMap(({ reasons }) => reasons.map(({ code }) => code))).toContain('rule:site.wool');
  });
});
