import { describe, expect, it } from 'vitest';
import { categoryConfusion, columnsOf } from '../../src/evaluation/category-confusion.ts';
import type { Observation } from '../../src/evaluation/observation.ts';
import { ruleHits } from '../../src/evaluation/rule-hits.ts';

function observation(part: Partial<Observation>): Observation {
  return {
    id: 'x',
    text: 'x',
    isSpam: true,
    category: 'adult',
    language: 'en',
    kind: 'list',
    source: 'test',
    score: 0,
    posterior: 0,
    action: 'remove',
    foundCategory: 'adult',
    spans: [],
    rules: [],
    ...part,
  };
}

describe('categories', () => {
  const confusion = categoryConfusion([
    observation({ category: 'gambling', foundCategory: 'adult' }),
    observation({}),
    observation({ action: 'pass', foundCategory: '' }),
    observation({ isSpam: false, category: '', foundCategory: 'gambling', action: 'review' }),
    observation({ isSpam: false, category: '', foundCategory: '', action: 'pass' }),
  ]);

  it('stand as they are against as they were called, in a stable order', () => {
    expect(confusion).toEqual({
      adult: { adult: 1, pass: 1 },
      gambling: { adult: 1 },
      honest: { gambling: 1, pass: 1 },
    });
    expect(Object.keys(confusion)).toEqual(['adult', 'gambling', 'honest']);
    expect(columnsOf(confusion)).toEqual(['adult', 'gambling', 'pass']);
  });
});

describe('rules', () => {
  const rule = (id: string, decisive = false): { id: string; decisive: boolean } => ({ id, decisive });

  it('are counted by lines, spam and honest apart, with what each alone found', () => {
    const table = ruleHits([
      observation({ rules: [rule('a', true), rule('a'), rule('b')] }),
      observation({ rules: [rule('a')] }),
      observation({ isSpam: false, rules: [rule('a', true)] }),
      observation({ isSpam: false, rules: [] }),
    ]);
    expect(table).toEqual({
      a: { spam: 2, honest: 1, precision: 2 / 3, unique: 1, uniqueAlarms: 1 },
      b: { spam: 1, honest: 0, precision: 1, unique: 0, uniqueAlarms: 0 },
    });
    expect(Object.keys(table)).toEqual(['a', 'b']);
  });
});
