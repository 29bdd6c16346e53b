import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeModel } from '../../src/bayes/codec.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { readRows } from '../../src/node/training-data.ts';
import { RuleHits } from '../../src/rules/hits.ts';
import { findEverything } from '../../src/rules/lint.ts';
import { CompiledRules } from '../../src/rules/compile.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import { FoldedLine, foldString } from '../../src/text/fold.ts';
import { EvidenceTable, LineEvidence } from '../../src/verdict/evidence.ts';
import { Prefilter } from '../../src/verdict/prefilter.ts';
import { LineScorer, type ScoredSpan } from '../../src/verdict/score.ts';

const model = await decodeModel(readFileSync(join(BASE_MODEL_FOLDER, 'model.bin')));
const rules = CompiledRules.of(builtinRules, foldString);
const table = new EvidenceTable(model.weights, rules.starts.ngrams);
const prefilter = new Prefilter(table, rules);
const scorer = new LineScorer(table, rules);
const passes = (line: string, by = prefilter): boolean => by.passes(line, 0, line.length);
const rowsOf = (folder: string): string[] =>
  readRows(join(PACKAGE_FOLDER, 'training-data', folder)).map((row) => row.text);

/** What a span earns without having been hidden: hidden lines skip the first stage. */
function earned({ bayes, list, prior, hits }: ScoredSpan): number {
  return hits.reduce((sum, hit) => sum + (hit.allowedBy < 0 ? hit.weight : 0), bayes + list + prior);
}

describe('the prefilter', () => {
  it('stops hardly a line in which full scoring finds spam', () => {
    const rows = [...rowsOf('spam'), ...rowsOf('heldout')];
    const found = rows.filter((line) => scorer.score(line, 0, line.length, true).some((span) => earned(span) > 0));
    expect(found.length).toBeGreaterThan(1000);
    const stopped = found.filter((line) => !passes(line));
    expect(stopped.length / found.length).toBeLessThan(1 / 300);
  });

  it('stops most ordinary lines', () => {
    const ordinary = rowsOf('legit').filter((line) => line.length >= 12 && /[，。,.]/.test(line));
    expect(ordinary.filter((line) => passes(line)).length / ordinary.length).toBeLessThan(0.5);
    expect(passes('The library on Mill Street opens at nine, and members may borrow six books at a time.')).toBe(false);
    expect(passes('会议在北京举行，代表们讨论了三项议案，并通过了新的预算。')).toBe(false);
  });

  it('lets every line pass in which a literal without blanks hits', () => {
    const literals = builtinRules.rules.flatMap(({ literals: own = [] }) => own);
    const unspaced = literals.filter(
      (literal) => /^[\p{L}\p{N}]+$/u.test(literal) && !/^[\x20-\x7e\u00c0-\u04ff]+$/.test(literal),
    );
    const lines = unspaced.map((literal) => `会议在北京举行，代表们讨论了三项议案，${literal}，并通过了新的预算`);
    const hit = lines.filter((line) => findEverything(rules, foldString(line), new RuleHits()).hits.length > 0);
    expect(hit.length).toBeGreaterThan(1_000);
    expect(hit.filter((line) => !passes(line))).toEqual([]);
  });

  it.each([
    [
      'a rule hit',
      `The library opens at nine; ${builtinRules.rules.find(({ id }) => id.startsWith('test'))?.literals?.[0]}`,
    ],
    ['spread-out characters', '图书馆每天九点开门，精 品 久 久 国 产'],
    ['a character reference', '图书馆每天九点开门，&#20037;&#20037;&#31934;&#21697;'],
    ['bracket pinyin', '图书馆(guǎn)每天九点开门，读者可以借六本书'],
    ['an invisible character', '图书馆每天九点开门，读者可\u200b以借六本书'],
  ])('lets %s pass, which it cannot weigh', (_, line) => {
    expect(passes(line)).toBe(true);
  });

  it('weighs a line of words just as the exact pass does, whatever stood before', () => {
    const evidence = new LineEvidence();
    const folded = new FoldedLine();
    const word = fc.stringMatching(/^[a-zA-Zа-я]{1,16}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 4, maxLength: 40 }), (words) => {
        const line = words.join(' ');
        fc.pre(line.length >= 12);
        folded.fold(line, 0, line.length);
        evidence.read(folded.units, folded.length, table);
        if (!passes(line)) expect(prefilter.total).toBe(evidence.total);
        expect(passes(line, new Prefilter(table, rules))).toBe(passes(line));
      }),
      { numRuns: 300 },
    );
  });
});
