/**
 * Scores one fold of the lines that may be trained on with weights that have not seen it: `node scripts/cross-fit.ts <fold> <folds> <out>`.
 * Writes a CalibrationPoint per finding, and how many honest lines were read. `calibrate.ts` runs it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { decodeModel } from '../src/bayes/codec.ts';
import { quantise } from '../src/bayes/model.ts';
import { CompiledRules } from '../src/rules/compile.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { plainDocument } from '../src/text/document.ts';
import { foldString } from '../src/text/fold.ts';
import type { CalibrationPoint } from '../src/training/fit-calibration.ts';
import { createRandom } from '../src/training/random.ts';
import { Finder } from '../src/verdict/find.ts';
import { corpusLines, honestFiles, SCALING_SEED, spamFiles, weighLines } from './background-lines.ts';
import { lineHash, type CorpusFile } from './corpora.ts';

/** One line in a hundred is taken for injected when posteriors are fitted. */
const SPAM_SHARE = 0.01;

export interface FoldResult {
  readonly honest: number;
  readonly points: readonly CalibrationPoint[];
}

const [fold, folds, out] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
/** Other bits of the hash than those that part the file. */
const inFold = (line: string): boolean => (lineHash(line) >>> 8) % folds === fold;
const known = (file: CorpusFile): string[] => [...file.train, ...file.dev].filter((line) => !inFold(line));
const unseen = (file: CorpusFile): string[] => [...file.train, ...file.dev].filter(inFold);

const random = createRandom(SCALING_SEED);
const { scaled } = await weighLines(corpusLines(known, random), random);
const base = await decodeModel(readFileSync(new URL('../models/base/model.bin', import.meta.url)));
const finder = new Finder({ ...base, weights: quantise(scaled) }, new CompiledRules(builtinRules, foldString));

function strongest(text: string): { logOdds: number; units: number } | null {
  let best: { logOdds: number; units: number } | null = null;
  finder.find(plainDocument(text), false, ({ findings }) => {
    for (const { logOdds, units } of findings) if (best === null || logOdds > best.logOdds) best = { logOdds, units };
  });
  return best;
}

const single = spamFiles.filter((file) => file.name === 'lex_adult_zh_selected').flatMap(unseen);
const lists = single.map(() =>
  Array.from({ length: 3 + random.int(8) }, () => random.oneOf(single)).join(random.oneOf(['_', ',', '-', '|', ' '])),
);
const spam = [...single.filter((phrase) => phrase.length >= 3), ...lists];
const honest = honestFiles.flatMap(unseen);
const pointsOf = (lines: readonly string[], isSpam: boolean, weight: number): CalibrationPoint[] =>
  lines.flatMap((text) => {
    const found = strongest(text);
    return found === null ? [] : [{ ...found, spam: isSpam, weight }];
  });
const points = [
  ...pointsOf(honest, false, 1),
  ...pointsOf(spam, true, (SPAM_SHARE * honest.length) / Math.max(1, spam.length)),
];
writeFileSync(out, JSON.stringify({ honest: honest.length, points } satisfies FoldResult));
