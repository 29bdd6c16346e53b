import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKETS, FeatureList, listFeatures } from '../../src/bayes/features.ts';
import { unitClass } from '../../src/text/unit.ts';
import { DRIFT_STEPS } from '../../src/verdict/drift.ts';
import { EvidenceTable, LineEvidence } from '../../src/verdict/evidence.ts';

const unitsOf = (text: string): Uint16Array => Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

function named(text: string): string[] {
  const units = unitsOf(text);
  const list = new FeatureList();
  listFeatures(units, units.length, unitClass, list);
  return Array.from({ length: list.length }, (_, j) => {
    const from = list.firsts[j];
    const marked = Array.from({ length: list.sizes[j] }, (_, i) => text[from + i] ?? '·');
    return `${marked.map((unit) => (/[\p{L}\p{N}]/u.test(unit) ? unit : '·')).join('')}@${list.positions[j]}`;
  });
}

describe('listFeatures', () => {
  it('lists n-grams of one to three units with their boundaries', () => {
    expect(named('久在')).toEqual(['久@0', '·久@0', '在@1', '久在@1', '·久在@1', '在·@1', '久在·@1']);
  });

  it('never crosses a mark, and takes any run of marks for one', () => {
    expect(named('久_在')).toEqual(named('久|在'));
    expect(named('久, 在').filter((name) => name.includes('久') && name.includes('在'))).toEqual([]);
  });

  it('adds words of spaced scripts from four letters on', () => {
    expect(named('free tea')).toContain('free@3');
    expect(named('free tea').filter((name) => name.startsWith('tea@'))).toHaveLength(1);
  });

  it('adds four letters of spaced scripts, their boundaries included, and of no other', () => {
    expect(named('tea').filter((name) => /^.{4}@/u.test(name))).toEqual(['·tea@2', 'tea·@2']);
    expect(named('teas').filter((name) => /^.{4}@/u.test(name))).toEqual(['·tea@2', 'teas@3', 'eas·@3', 'teas@3']);
    expect(named('久在品中人').filter((name) => /^.{4}@/u.test(name))).toEqual([]);
  });

  it('adds pairs of words with one blank between them', () => {
    const pairs = (text: string) => named(text).filter((name) => /\p{L}·\p{L}/u.test(name));
    expect(pairs('my old tea')).toEqual(['my·old@5', 'old·tea@9']);
    expect(pairs('old, tea-cup 久 on')).toEqual([]);
  });
});

describe('LineEvidence', () => {
  it('weighs exactly the features that listFeatures names', () => {
    const weights = Int8Array.from({ length: BUCKETS }, (_, id) => 2 * (((id * 2654435761) % 101) - 50));
    const table = new EvidenceTable(weights, []);
    const evidence = new LineEvidence();
    const list = new FeatureList();
    const text = fc.string({
      unit: fc.constantFrom('久', '在', 'a', 'b', 'c', '9', ' ', '_', '한', 'я'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (line) => {
        const units = unitsOf(line);
        listFeatures(units, units.length, unitClass, list);
        const expected = Array.from(units, (unit) => -DRIFT_STEPS[unitClass[unit]]);
        for (let j = 0; j < list.length; j++) expected[list.positions[j]] += weights[list.ids[j]];
        evidence.read(units, units.length, table);
        expect([...evidence.values.subarray(0, units.length)]).toEqual(expected.map((value) => value + 0));
        expect(evidence.total).toBe(expected.reduce((sum, value) => sum + value, 0));
      }),
    );
  });
});
