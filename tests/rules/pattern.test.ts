import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_MATCH, MOST_STEPS, parsePattern, PatternError } from '../../src/rules/pattern.ts';
import { foldString } from '../../src/text/fold.ts';

const parse = (pattern: string) => parsePattern(pattern, foldString);

function matched(pattern: string, text: string): string | null {
  const { regexp } = parse(pattern);
  regexp.lastIndex = 0;
  return regexp.exec(text)?.[0] ?? null;
}

describe('parsePattern', () => {
  it.each([
    ['ab', 'abc', 'ab'],
    ['a?b', 'b', 'b'],
    ['[a-c0-9]{2,3}', 'a1c9', 'a1c'],
    ['\\d{2}区', '12区', '12区'],
    ['(一|二)区(三区)?', '二区三区', '二区三区'],
    ['((国产|亚洲)精品|久久)网', '久久网', '久久网'],
    ['Ａ片', 'a片', 'a片'],
    ['無碼', '无码', '无码'],
    ['t\\.me/[a-z_]{2,4}', 't.me/ab_c', 't.me/ab_c'],
    ['[:\\- ]{1,2}x', ':-x', ':-x'],
    ['a|bc', 'bc', 'bc'],
    ['价\\*', '价*', '价*'],
  ])('%s on %s', (pattern, text, expected) => {
    expect(matched(pattern, text)).toBe(expected);
  });

  it('knows the shortest and the longest match, and the ways to try it', () => {
    expect(parse('(ab|cde)[0-9]{1,3}x?')).toMatchObject({ shortest: 3, longest: 7, steps: 2 * 3 * 2 });
  });

  it('matches nothing shorter or longer than it says', () => {
    const atom = fc.constantFrom('a', '[ab]', '\\d', 'b?', 'a{1,3}', '(ab|b1)', '(a|b)?', '[a-b]{0,2}');
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 20 });
    fc.assert(
      fc.property(fc.array(atom, { minLength: 1, maxLength: 5 }), texts, (atoms, text) => {
        const { regexp, shortest, longest } = parse(`a${atoms.join('')}`);
        regexp.lastIndex = 0;
        const length = regexp.exec(text)?.[0].length ?? shortest;
        expect(length).toBeGreaterThanOrEqual(shortest);
        expect(length).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it.each([
    ['a*', '"*" is outside the subset'],
    ['a+', '"+" is outside the subset'],
    ['a.', '"." is outside the subset'],
    ['^a', '"^" is outside the subset'],
    ['a$', '"$" is outside the subset'],
    ['{2}', '"{" is outside the subset'],
    ['a??', '"?" is outside the subset'],
    ['a{1,2}?', '"?" is outside the subset'],
    ['(?=a)b', '"?" is outside the subset'],
    ['(a)\\1', 'escape \\1'],
    ['\\w', 'escape \\w'],
    ['a\\', 'escape \\'],
    ['[^a]', 'a negated class'],
    ['[a', 'a class is not closed'],
    ['[]', 'an empty class'],
    ['[z-a]', 'range z-a'],
    ['[A-Z]', 'range A-Z'],
    ['[一-区]', 'range 一-区'],
    ['[-a]', 'a range without a start'],
    ['(a', 'a group is not closed'],
    ['a)', 'unmatched ")"'],
    ['(((a)))', 'groups are nested too deep'],
    ['(ab){2}', 'a group is repeated'],
    ['a{2,}', 'a repeat is not of the form {m,n}'],
    ['a{3,2}', 'repeat {3,2}'],
    ['a{1,33}', 'repeat {1,33}'],
    ['⼁', 'folds to'],
    ['', 'matches the empty text'],
    ['a?', 'matches the empty text'],
  ])('refuses %s', (pattern, offence) => {
    const fold = (text: string) => (text === '⼁' ? '' : foldString(text));
    expect(() => parsePattern(pattern, fold)).toThrow(PatternError);
    expect(() => parsePattern(pattern, fold)).toThrow(offence);
  });

  it('names the limit for a match that is too long', () => {
    expect(parse('a{32}b{32}').longest).toBe(LONGEST_MATCH);
    expect(() => parse('a{32}b{32}c')).toThrow(/can match 65 units, 64 are allowed; shorten/);
  });

  it('names the limit for what can be tried in too many ways', () => {
    expect(parse('a{1,32}b{1,32}').steps).toBe(MOST_STEPS);
    expect(() => parse('a{1,32}b{1,30}c?')).toThrow(/can be tried in 1920 ways, 1024 are allowed; use fewer/);
  });
});
