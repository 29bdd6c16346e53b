import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUCKETS } from '../../src/bayes/features.ts';
import { STEPS_PER_NAT } from '../../src/bayes/model.ts';
import { CompiledRules } from '../../src/rules/compile.ts';
import { FoldedLine, foldString } from '../../src/text/fold.ts';
import { boundaryCosts, createCosts } from '../../src/verdict/boundary.ts';
import { EvidenceTable, LineEvidence } from '../../src/verdict/evidence.ts';
import { rawUnitTable } from '../../src/verdict/raw-units.ts';
import { bestStretch, LIST_SLACK } from '../../src/verdict/segment.ts';
import { LINE_IS_MIXED, LINE_PASSES, LINE_STOPS, WordLine } from '../../src/verdict/word-line.ts';
import { WordMemo } from '../../src/verdict/word-memo.ts';

const weights = Int8Array.from({ length: BUCKETS }, (_, id) => 2 * (((id * 2654435761) % 61) - 33));
const table = new EvidenceTable(weights, []);
const rules = CompiledRules.of({ rules: [], allow: [] }, foldString);
const words = new WordLine(rawUnitTable(table.singles), new WordMemo(table, rules));
const read = (line: string): number => words.read(line, 0, line.length);

const word = fc.stringMatching(/^[a-zA-Z\u0430-\u044f0-9]{1,9}$/);
const gap = fc.constantFrom(' ', ' ', ' ', '. ', ', ', '! ', ' - ', "'", '  ', '; "', '...', ' (');
const lineOfWords = fc
  .tuple(fc.constantFrom('', '', ' ', '"', '¡ '), fc.array(fc.tuple(word, gap), { maxLength: 30 }), word)
  .map(([head, pairs, last]) => head + pairs.flat().join('') + last);

/** What full scoring would compare with the prior, in natural-log odds, and the evidence of the line in steps. */
function exactly(line: string): { best: number; total: number } {
  const [folded, evidence] = [new FoldedLine(), new LineEvidence()];
  folded.fold(line, 0, line.length);
  evidence.read(folded.units, folded.length, table);
  const costs = createCosts(folded.length);
  boundaryCosts(folded.units, folded.length, costs);
  const values = Float32Array.from(evidence.values.subarray(0, folded.length), (value) => value / STEPS_PER_NAT);
  return { best: bestStretch(values, costs, folded.length), total: evidence.total };
}

it('stops exactly the lines in which no stretch could pay, and knows their evidence', () => {
  const seen = [0, 0, 0];
  fc.assert(
    fc.property(lineOfWords, (line) => {
      fc.pre(!/(?:^|[^\p{L}\p{N}])(?:[\p{L}\p{N}][^\p{L}\p{N}]+){3}[\p{L}\p{N}](?![\p{L}\p{N}])/u.test(line));
      const outcome = read(line);
      seen[outcome]++;
      const { best, total } = exactly(line);
      expect(outcome).toBe(best < -LIST_SLACK - 1.5 / STEPS_PER_NAT ? LINE_STOPS : LINE_PASSES);
      expect(words.total).toBe(total);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(seen[LINE_STOPS], seen[LINE_PASSES])).toBeGreaterThan(300);
});

it.each([
  ['a character that needs no blank', 'the new 图书馆 opens', LINE_IS_MIXED],
  ['a word too long to keep', `the ${'a'.repeat(17)} opens`, LINE_IS_MIXED],
  ['four characters spread out', 'the c a s h opens', LINE_PASSES],
  ['an invisible character', 'the libr\u200bary opens', LINE_PASSES],
  ['a character reference', 'the &#97;&#98;&#99; opens', LINE_PASSES],
])('leaves %s to others', (_, line, outcome) => {
  expect(read(line)).toBe(outcome);
});
