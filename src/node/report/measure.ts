import { evaluation, type Evaluation } from '../../evaluation/evaluation.ts';
import type { Sieve } from '../../sieve.ts';
import type { TrainingRow } from '../../training/corpus.ts';
import { OBFUSCATIONS } from '../../training/obfuscations.ts';
import { createRandom } from '../../training/random.ts';
import type { EngineStamp } from '../../verdict/verdict.ts';
import { composeDocuments, judgeDocuments } from './compose.ts';
import { observe } from './observe.ts';
import { RuleReader } from './rule-reader.ts';

export type Report = Evaluation & { readonly engine: EngineStamp };

/** All figures of a sieve on rows that training never read: lines, rewritten spam lines, composed documents. */
export function measure(rows: readonly TrainingRow[], sieve: Sieve): Report {
  const rules = new RuleReader();
  const lines = rows.map((row) => observe(sieve, row, rules));
  const documents = judgeDocuments(sieve, composeDocuments(rows));
  return { engine: sieve.engine, ...evaluation({ lines, obfuscated: obfuscated(rows, sieve, rules), documents }) };
}

/** Spam rows by obfuscation; rows that it leaves as they are say nothing about it and are left out. */
function obfuscated(rows: readonly TrainingRow[], sieve: Sieve, rules: RuleReader) {
  const spam = rows.filter(({ label }) => label === 'spam');
  return Object.fromEntries(
    Object.entries(OBFUSCATIONS).map(([name, rewrite]) => {
      const random = createRandom(17);
      const changed = spam.map((row) => ({ ...row, text: rewrite(row.text, random), before: row.text }));
      return [name, changed.filter(({ text, before }) => text !== before).map((row) => observe(sieve, row, rules))];
    }),
  );
}
