import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/rules/lint.ts';
import type { AllowTerm, Rule } from '../../src/rules/rule.ts';
import { foldString } from '../../src/text/fold.ts';
import { allowTerm, rule } from './sets-of-rules.ts';

const good: Rule = rule({ id: 'a.b', literals: ['abcd'] });
const lint = (rules: Rule[], allow: AllowTerm[] = []) => lintRules({ rules, allow }, foldString);
const problems = (rules: Rule[], allow: AllowTerm[] = []) =>
  lint(rules, allow).map(({ rule: id, problem, level }) => `${level} ${id}: ${problem}`);

/** The row above with one thing changed; `undefined` takes a field away. */
const changed = (changes: Record<string, unknown>) => ({ ...good, ...changes }) as Rule;

describe('lintRules', () => {
  it('has nothing to say about a good set', () => {
    expect(lint([good], [allowTerm('allow.x', 'abcdef')])).toEqual([]);
  });

  it.each<[problem: string, changes: Record<string, unknown>]>([
    ['the id has the wrong shape', { id: 'A.b' }],
    ['the id has the wrong shape', { id: 'ab' }],
    ['the id has the wrong shape', { id: 'a.b--c' }],
    ['the id is that of an allow-term', { id: 'allow.b' }],
    ['weight 0 is out of range', { weight: 0 }],
    ['weight 12.5 is out of range', { weight: 12.5 }],
    ['weight NaN is out of range', { weight: Number.NaN }],
    ['a rule has either literals or a pattern', { literals: undefined }],
    ['a rule has either literals or a pattern', { pattern: 'abcd', needs: ['abcd'] }],
    ['a pattern without needs', { literals: undefined, pattern: 'abcd' }],
    ['needs without a pattern', { needs: ['abcd'] }],
    ['no hits example', { hits: [] }],
    ['no misses example', { misses: [] }],
    ['literals is empty', { literals: [] }],
    ['"\u200b" folds to the empty text', { literals: ['\u200b'] }],
    ['"区" folds to a single character', { literals: ['区'] }],
    ['"x" folds to fewer than two units', { literals: ['x'] }],
    ['"【x】" begins with a mark', { literals: ['【x】'] }],
    ['"abcd " ends with a blank', { literals: ['abcd '] }],
    ['its shortest match has 1 unit', { literals: undefined, pattern: 'ab?', needs: ['ab'] }],
    ['the hits example "efgh" is not hit', { hits: ['abcd', 'efgh'] }],
    ['the misses example "abcd!" is hit', { misses: ['abcd!'] }],
  ])('%s', (problem, changes) => {
    const row = changed(changes);
    expect(problems([row])).toContain(`error ${row.id}: ${problem}`);
  });

  it('allows the test line more weight', () => {
    expect(problems([changed({ group: 'test', weight: 100 })])).toEqual([]);
    expect(problems([changed({ group: 'test', weight: 101 })])).toEqual(['error a.b: weight 101 is out of range']);
  });

  it('passes on what is wrong with a pattern', () => {
    const [finding] = lint([changed({ literals: undefined, pattern: 'a+bcd', needs: ['bcd'] })]);
    expect(finding.problem).toMatch(/"\+" is outside the subset; use \?, \{m,n\}/);
  });

  it('says when a pattern matches without its needs', () => {
    const row = changed({ literals: undefined, pattern: 'ab(cd|ef)', needs: ['abcd'], hits: ['abcd', 'abef'] });
    expect(problems([row])).toEqual(['error a.b: the hits example "abef" matches without any of its needs']);
  });

  it('finds an id that is used twice, also across rules and allow-terms', () => {
    const other = changed({ literals: ['abcde'], hits: ['abcde'] });
    expect(problems([good, other])).toEqual(['error a.b: the id is used twice']);
    const twice = [allowTerm('allow.x', 'abcdx'), allowTerm('allow.x', 'abcdy')];
    expect(problems([good], twice)).toEqual(['error allow.x: the id is used twice']);
  });

  it('warns of a literal that two rows share, in any spelling', () => {
    const other = changed({ id: 'a.c', literals: ['ＡＢＣＤ'] });
    expect(problems([good, other])).toEqual(['warning a.c: literal "ＡＢＣＤ" is also in a.b']);
    const taken = problems([good], [allowTerm('allow.x', 'abcd')]);
    expect(taken).toContain('warning allow.x: literal "abcd" is also in a.b');
    expect(taken).toContain('error a.b: the hits example "abcd" is not hit');
  });

  it('counts a hit that an allow-term covers as a miss', () => {
    const row = changed({ literals: ['青青草'], hits: ['青青草网'], misses: ['青青草原'] });
    expect(problems([row])).toEqual(['error a.b: the misses example "青青草原" is hit']);
    expect(problems([row], [allowTerm('allow.meadow', '青青草原')])).toEqual([]);
  });

  it('looks at allow-terms too', () => {
    const term: AllowTerm = { ...allowTerm('meadow', '青'), misses: ['a'], hits: ['b'] };
    expect(problems([good], [term])).toEqual([
      'error meadow: the id has the wrong shape',
      'error meadow: "青" folds to a single character',
    ]);
    const examples: AllowTerm = { ...allowTerm('allow.meadow', '青青草原'), hits: ['草原'], misses: ['青青草原上'] };
    expect(problems([good], [examples])).toEqual([
      'error allow.meadow: the hits example "草原" is not hit',
      'error allow.meadow: the misses example "青青草原上" is hit',
    ]);
  });

  it('gives a remedy with every finding', () => {
    const findings = lint([changed({ weight: -1, literals: ['区'], hits: [] })]);
    expect(findings.length).toBeGreaterThan(2);
    for (const { remedy } of findings) expect(remedy).not.toBe('');
  });
});
