import { expect, it } from 'vitest';
import { BUCKETS } from '../../src/bayes/features.ts';
import { CompiledRules } from '../../src/rules/compile.ts';
import { foldString } from '../../src/text/fold.ts';
import { EvidenceTable } from '../../src/verdict/evidence.ts';
import { INSIDE, LITERALS, PREFIX, SUFFIX, TOTAL, WordMemo } from '../../src/verdict/word-memo.ts';
import { rule } from '../rules/sets-of-rules.ts';

const rules = CompiledRules.of(
  { rules: [rule({ id: 'a.b', literals: ['casino bonus', 'sino'] })], allow: [] },
  foldString,
);
const weights = Int8Array.from({ length: BUCKETS }, (_, id) => 2 * (((id * 2654435761) % 101) - 50));
const table = new EvidenceTable(weights, rules.starts.ngrams);

function look(memo: WordMemo, word: string, first: number, second: number) {
  const units = Uint16Array.from(`. ${word}.`, (unit) => unit.charCodeAt(0));
  const at = memo.look(units, 2, 2 + word.length, first, second);
  return [...[TOTAL, PREFIX, SUFFIX, INSIDE].map((field) => memo.figures[2 * at + field]), memo.wide[at + LITERALS]];
}

it('tells words of one slot apart', () => {
  const words = ['library', 'librarx', 'casinos', 'lib', 'libr'];
  const apart = words.map((word, second) => look(new WordMemo(table, rules), word, 0, second));
  const memo = new WordMemo(table, rules);
  for (const _ of [1, 2]) expect(words.map((word, second) => look(memo, word, 0, second))).toEqual(apart);
  expect(new Set(apart.map((figures) => figures.join())).size).toBe(words.length);
});

it('knows where in a word a literal may stand', () => {
  const literals = (text: string) => (look(new WordMemo(table, rules), text, 1, 1)[4] ?? 0) & 1;
  expect(['casino', 'casinos', 'sino', 'carpet'].map(literals)).toEqual([1, 0, 1, 0]);
});
