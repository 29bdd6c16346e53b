/**
 * Scores one fold of the lines that may be trained on with weights that have not seen it: `node scripts/cross-fit.ts <fold> <folds> <out>`.
 * Writes CalibrationPoints, how many honest lines were read, and which spam lines look honest. `calibrate.ts` and, with `--every-label`,
 * `label-errors.ts` run it.
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
import type { Scored } from '../src/verdict/calibrate.ts';
import { Finder } from '../src/verdict/find.ts';
import { PRIOR } from '../src/verdict/segment.ts';
import {
  corpusLines,
  honestFiles,
  isBelieved,
  labelHash,
  SCALING_SEED,
  spamFiles,
  weighLines,
} from './background-lines.ts';
import { lineHash, type CorpusFile } from './corpora.ts';

/** One line in a hundred is taken for injected when posteriors are fitted. */
const SPAM_SHARE = 0.01;

export interface FoldResult {
  readonly honest: number;
  readonly points: readonly CalibrationPoint[];
  /** Hashes of spam lines that nothing is found in and whose sum of evidence is below `THOROUGHLY_HONEST`. */
  readonly doubted: readonly string[];
}

/**
 * Natural-log odds, the prior included; half as many left out, and half as many again, found less (DESIGN.md, "Scaling"). Of titles and comments only: a phrase is too
 * short to be thoroughly anything.
 */
const THOROUGHLY_HONEST: Readonly<Record<string, number>> = { xhamster_titles_en: -3, id_judol_spam_comments: -1 };

const [fold, folds, out] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
/** Other bits of the hash than those that part the file. */
const inFold = (line: string): boolean => (lineHash(line) >>> 8) % folds === fold;
const known = (file: CorpusFile): string[] => [...file.train, ...file.dev].filter((line) => !inFold(line));
const unseen = (file: CorpusFile): string[] => [...file.train, ...file.dev].filter(inFold);

const random = createRandom(SCALING_SEED);
const every = process.argv.includes('--every-label');
const { scaled } = await weighLines(corpusLines(known, random, every), random);
const base = await decodeModel(readFileSync(new URL('../models/base/model.bin', import.meta.url)));
const finder = new Finder({ ...base, weights: quantise(scaled) }, CompiledRules.of(builtinRules, foldString));

/** The strongest finding of a line, or the line as a whole. */
function scored(text: string): Omit<CalibrationPoint, 'spam' | 'weight'> {
  let best: Scored | null = null;
  let total = 0;
  finder.find(plainDocument(text), false, (found) => {
    total = found.total;
    for (const { logOdds, units, spaced } of found.findings)
      if (best === null || logOdds > best.logOdds) best = { logOdds, units, spaced };
  });
  const whole = { logOdds: total - PRIOR, units: text.length, spaced: false, passed: true };
  return best === null ? whole : { ...(best as Scored), passed: false };
}

const spamIn = (name: string): string[] =>
  spamFiles
    .filter((file) => file.name === name)
    .flatMap((file) => unseen(file).filter((line) => every || isBelieved(line)));
const phrases = spamIn('lex_adult_zh_selected');
const lists = phrases.map(() =>
  Array.from({ length: 3 + random.int(8) }, () => random.oneOf(phrases)).join(random.oneOf(['_', ',', '-', '|', ' '])),
);
/**
 * Kinds of spam and what they weigh beside each other. Titles speak like honest text: were they no more than the others, the map would
 * give them up (two trainings, at 30 false alarms in 100,000: 36 % of them found, 39.8 with weight 3, phrases 94.6 in both).
 */
const KINDS = [
  { lines: phrases.filter((phrase) => phrase.length >= 3), weight: 1 },
  { lines: lists, weight: 1 },
  { lines: spamIn('lex_gambling_zh_selected'), weight: 1 },
  { lines: spamIn('xhamster_titles_en'), weight: 2 },
  { lines: spamIn('dc_websex_vi_titles'), weight: 1 },
  { lines: spamIn('id_judol_spam_comments'), weight: 1 },
];
const WEIGHTS = KINDS.reduce((sum, { weight }) => sum + weight, 0);
const honest = honestFiles.flatMap(unseen);
const pointsOf = (lines: readonly string[], spam: boolean, weight: number): CalibrationPoint[] =>
  lines.map((text) => ({ ...scored(text), spam, weight }));
/** Of honest lines without a finding, which are nearly all, one in so many stands for the rest. */
const SAMPLED = 16;
const honestPoints = pointsOf(honest, false, 1).flatMap((point, at) => {
  if (!point.passed) return [point];
  return at % SAMPLED === 0 ? [{ ...point, weight: SAMPLED }] : [];
});
const points = [
  ...honestPoints,
  ...KINDS.flatMap(({ lines, weight }) =>
    pointsOf(lines, true, (SPAM_SHARE * honest.length * weight) / (WEIGHTS * Math.max(1, lines.length))),
  ),
];
const doubted = Object.entries(THOROUGHLY_HONEST).flatMap(([name, bar]) =>
  spamIn(name).filter((line) => {
    const { passed, logOdds } = scored(line);
    return passed && logOdds < bar;
  }),
);
writeFileSync(
  out,
  JSON.stringify({ honest: honest.length, points, doubted: doubted.map(labelHash) } satisfies FoldResult),
);
