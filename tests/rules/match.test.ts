import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CompiledRules } from '../../src/rules/compile.ts';
import { RuleHits } from '../../src/rules/hits.ts';
import { findEverything } from '../../src/rules/lint.ts';
import { PatternError } from '../../src/rules/pattern.ts';
import { foldString } from '../../src/text/fold.ts';
import { allowTerm, hitsOf, rule } from './sets-of-rules.ts';

const word = (id: string, ...literals: [string, ...string[]]) => rule({ id, literals });
const only = (...rules: ReturnType<typeof rule>[]) => ({ rules, allow: [] });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('literals', () => {
  it.each([
    ['av', 'have', []],
    ['av', 'av', ['a.b[0,2)']],
    ['av', '国产av在线', ['a.b[2,4)']],
    ['av', 'av1', []],
    ['av', '1av', []],
    ['av', 'an av, too', ['a.b[3,5)']],
    ['казино', 'оказинов', []],
    ['казино', 'в казино!', ['a.b[2,8)']],
    ['무료야동', '서울무료야동집', ['a.b[2,6)']],
    ['สล็อต', 'เว็บสล็อตดี', ['a.b[4,9)']],
    ['エロ動画', '無料エロ動画集', ['a.b[2,6)']],
    ['无码', '亚洲無碼区', ['a.b[2,4)']],
    ['91麻豆', '191麻豆', []],
    ['91麻豆', '看91麻豆a', ['a.b[1,5)']],
  ])('%s in %s', (literal, text, expected) => {
    expect(hitsOf(only(word('a.b', literal)), text)).toEqual(expected);
  });

  it('of one rule that overlap are one hit, the longest', () => {
    const set = only(word('a.b', '一区', '区二区', '一区二区三区'));
    expect(hitsOf(set, '看一区二区三区')).toEqual(['a.b[1,7)']);
  });

  it('of one rule side by side are two hits', () => {
    expect(hitsOf(only(word('a.b', '久久')), '久久久久久')).toEqual(['a.b[0,2)', 'a.b[2,4)']);
  });

  it('of two rules both hit, in the order of their ends', () => {
    const set = only(word('a.long', '精品一区'), word('a.short', '精品'), word('a.tail', '一区'));
    expect(hitsOf(set, '精品一区')).toEqual(['a.short[0,2)', 'a.long[0,4)', 'a.tail[2,4)']);
  });

  it('that two rules share hit for both', () => {
    expect(hitsOf(only(word('a.one', '精品'), word('a.two', '精品')), '精品')).toHaveLength(2);
  });

  it('of one rule never overlap, whatever they are', () => {
    const letters = fc.string({ unit: fc.constantFrom('久', '精', '品'), minLength: 2, maxLength: 5 });
    const texts = fc.string({ unit: fc.constantFrom('久', '精', '品'), maxLength: 40 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 6 }), texts, (literals, text) => {
        const rules = CompiledRules.of(only(word('a.b', ...(literals as [string]))), (same) => same);
        const { hits } = findEverything(rules, text, new RuleHits());
        for (const [i, hit] of hits.entries()) if (i > 0) expect(hit.start).toBeGreaterThanOrEqual(hits[i - 1].end);
        expect(hits.length > 0).toBe(literals.some((literal) => text.includes(literal)));
      }),
    );
  });
});

describe('a rule', () => {
  const often = (times: number, gap: number) => `精品${'的'.repeat(gap)}`.repeat(times);

  it('weighs three times within 1,024 units', () => {
    expect(hitsOf(only(word('a.b', '精品')), often(20, 5))).toHaveLength(3);
  });

  it('weighs again in the tail of a long line', () => {
    const text = `${often(20, 5)}${'的'.repeat(2000)}精品`;
    expect(hitsOf(only(word('a.b', '精品')), text)).toContain(`a.b[${text.length - 2},${text.length})`);
  });

  it('is not used up by hits that an allow-term covers', () => {
    const set = { rules: [word('a.b', '青青草')], allow: [allowTerm('allow.meadow', '青青草原')] };
    const hits = hitsOf(set, `${'青青草原，'.repeat(9)}青青草网`);
    expect(hits.at(-1)).toBe('a.b[45,48)');
    expect(hits).toHaveLength(4);
  });
});

describe('patterns', () => {
  const grade = rule({ id: 'a.grade', pattern: '(国产|亚洲)(精品)?[一二]区', needs: ['一区', '二区'] });

  it.each([
    ['看国产精品一区', ['a.grade[1,7)']],
    ['亚洲二区', ['a.grade[0,4)']],
    ['国产精品', []],
    ['小区一区', []],
  ])('around what they need: %s', (text, expected) => {
    expect(hitsOf(only(grade), text)).toEqual(expected);
  });

  it('end at word boundaries, whatever stands inside', () => {
    const digits = rule({ id: 'a.digits', pattern: '\\d{3}av', needs: ['7av'] });
    expect(hitsOf(only(digits), '看777av片')).toEqual(['a.digits[1,6)']);
    expect(hitsOf(only(digits), '777average')).toEqual([]);
    expect(hitsOf(only(digits), '1777av')).toEqual([]);
  });

  it('do not hit without one of their needs', () => {
    expect(hitsOf(only({ ...grade, needs: ['二区'] }), '国产一区')).toEqual([]);
  });

  it('find what trying them at every position finds', () => {
    const texts = fc.string({ unit: fc.constantFrom('一', '区', '国产', '精品', '亚洲', 'a'), maxLength: 40 });
    fc.assert(
      fc.property(texts, (text) => {
        const expected = [...text.matchAll(/(?:国产|亚洲)(?:精品)?一区/g)].map(({ index, 0: match }) => {
          return `a.grade[${index},${index + match.length})`;
        });
        expect(hitsOf(only(grade), text)).toEqual(expected.slice(0, 3));
      }),
    );
  });

  it('are tried once a position, however many needs stand there', () => {
    const rows = only(rule({ id: 'a.b', pattern: 'a{1,32}b{1,31}c', needs: ['aa', 'aaa', 'ab', 'bb'] }));
    const rules = CompiledRules.of(rows, foldString);
    const counts = [500, 1000].map((size) => {
      const test = vi.spyOn(RegExp.prototype, 'test');
      findEverything(rules, 'aaaaabbb '.repeat(size), new RuleHits());
      const tries = test.mock.calls.length;
      test.mockRestore();
      return tries / (9 * size);
    });
    expect(counts[0]).toBeGreaterThan(0.5);
    expect(counts[0]).toBeLessThanOrEqual(1);
    expect(counts[1]).toBeCloseTo(counts[0], 2);
  });

  it('that cannot be read are refused with the name of their rule', () => {
    const make = () => CompiledRules.of(only(rule({ id: 'a.b', pattern: 'x+', needs: ['xx'] })), foldString);
    expect(make).toThrow(PatternError);
    expect(make).toThrow(/^rule a\.b: "x\+", at 1: "\+" is outside the subset; use/);
  });
});

describe('allow-terms', () => {
  const set = {
    rules: [word('a.grass', '青青草'), word('a.long', '青青草原网')],
    allow: [allowTerm('allow.meadow', '青青草原'), allowTerm('allow.audio', 'av 接口')],
  };

  it('cover a hit that lies wholly inside, and say so', () => {
    expect(hitsOf(set, '在青青草原上')).toEqual(['a.grass[1,4) allow.meadow']);
  });

  it('do not cover a hit beside or across them', () => {
    expect(hitsOf(set, '青青草视频')).toEqual(['a.grass[0,3)']);
    expect(hitsOf({ ...set, rules: [word('a.across', '看青青草')] }, '看青青草原')).toEqual(['a.across[0,4)']);
    expect(hitsOf(set, '青青草原网')).toEqual(['a.grass[0,3) allow.meadow', 'a.long[0,5)']);
  });

  it('are reported where nothing hits', () => {
    const found = findEverything(CompiledRules.of(set, foldString), foldString('AV 接口'), new RuleHits());
    expect(found.allowed).toEqual([{ term: 1, start: 0, end: 5 }]);
    expect(found.hits).toEqual([]);
  });
});

it('the buffer is cleared between texts', () => {
  const rules = CompiledRules.of(only(word('a.b', '精品')), foldString);
  const found = new RuleHits();
  findEverything(rules, '精品精品', found);
  expect(found.weight).toBe(2);
  expect(findEverything(rules, '品质', found).hits).toEqual([]);
});

describe('mayStand', () => {
  it('holds wherever a literal hits, and where one could if the text went on', () => {
    const rules = CompiledRules.of(only(word('a.b', 'ab', 'abba', '久久a')), foldString);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '久', ' '), maxLength: 12 }), (text) => {
        const units = Uint16Array.from(text, (unit) => unit.charCodeAt(0));
        const found = new RuleHits();
        const starts = Int32Array.from({ length: text.length }, (_, i) => i);
        rules.match(units, units.length, starts, starts.length, found);
        for (const { start } of found.hits) {
          expect(rules.mayStand(units, start, units.length, false)).toBe(true);
          expect(rules.mayStand(units, start, start + 1, true)).toBe(true);
        }
      }),
    );
  });

  it('fails where a literal is not free, or is another', () => {
    const rules = CompiledRules.of(only(word('a.b', 'ab')), foldString);
    const at = (text: string): boolean =>
      rules.mayStand(
        Uint16Array.from(text, (unit) => unit.charCodeAt(0)),
        0,
        text.length,
        false,
      );
    expect([at('ab'), at('ab 1'), at('abc'), at('ba'), at('a')]).toEqual([true, true, false, false, false]);
  });
});
