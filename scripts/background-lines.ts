import { existsSync, readFileSync } from 'node:fs';
import { Counts } from '../src/bayes/counts.ts';
import { BUCKETS } from '../src/bayes/features.ts';
import { readTrainingSet } from '../src/node/training-data.ts';
import { LineCounter } from '../src/training/counting.ts';
import type { Random } from '../src/training/random.ts';
import { scaleWeights, startingWeights, type LabelledLine } from '../src/training/scaling.ts';
import { composeLines } from '../src/training/train.ts';
import { lineHash, readCorpora, type CorpusFile } from './corpora.ts';

export const honestFiles = [...readCorpora('legit'), ...readCorpora('hard-negative')];
export const spamFiles = [...readCorpora('spam-adult'), ...readCorpora('spam-gambling')];

/** Not trained on: free prose about acts (descriptions, comments under videos) is crude but no injection. */
const LEFT_OUT = new Set(['xhamster_descriptions_en', 'id_gambling_video_titles_comments']);
/** Phrase lists: their phrases are spam alone and in lists of our making. */
const PHRASE_FILES = new Set(['lex_adult_zh_selected', 'lex_gambling_zh_selected']);
const PHRASE_REPEATS = 3;
const SEPARATORS = ['_', '_', '_', ',', ',', '-', ' ', '|', ' I ', '、', '/', '·', '，', '丨'];
/** Written lines are few and chosen; they are shown this often. */
export const WRITTEN_REPEATS = 6;
/**
 * How often scaling is shown the lines of a file, where not once; phrases are in their lists too. They are counted once.
 * DESIGN.md, "Scaling", has what was tried.
 */
const SHOWN: Readonly<Record<string, number>> = { xhamster_titles_en: 3, id_judol_spam_comments: 4 };
/** Hashes of spam lines that models which had not seen them find thoroughly honest (`label-errors.ts`): honest ones under a wrong label, for the most part. */
export const LABEL_ERRORS = new URL('../training-data/background/label-errors.json', import.meta.url);
const labelErrors = new Set(
  existsSync(LABEL_ERRORS) ? (JSON.parse(readFileSync(LABEL_ERRORS, 'utf8')) as string[]) : [],
);
/** Whether a spam line is not known to be honest. */
export const isBelieved = (line: string): boolean => !labelErrors.has(labelHash(line));
export const labelHash = (line: string): string => lineHash(line).toString(16).padStart(8, '0');
/** Scaling is done so often, each time in another order and with other features dropped, and the weights are averaged: DESIGN.md, "Scaling". */
const RUNS = 3;
export const SCALING_SEED = 11;

function* spamOf(file: CorpusFile, lines: readonly string[], random: Random): Generator<string> {
  if (LEFT_OUT.has(file.name)) return;
  if (!PHRASE_FILES.has(file.name)) yield* lines;
  else {
    const phrases = lines.filter((phrase) => phrase.length >= 3);
    for (let i = 0; i < PHRASE_REPEATS; i++) yield* phrases;
    for (let i = 0; i < 1.5 * phrases.length; i++) yield listOf(phrases, random);
  }
}

function listOf(phrases: readonly string[], random: Random): string {
  return Array.from({ length: 4 + random.int(10) }, () => random.oneOf(phrases)).join(random.oneOf(SEPARATORS));
}

/** A line with how often scaling is shown it. */
export interface CorpusLine extends LabelledLine {
  readonly shown: number;
}

/** The lines of `linesOf` of every file, phrases also in lists of our making; without label errors unless `every` label is believed. */
export function corpusLines(
  linesOf: (file: CorpusFile) => readonly string[],
  random: Random,
  every = false,
): CorpusLine[] {
  const believed = (line: string): boolean => every || isBelieved(line);
  const lines: CorpusLine[] = [];
  for (const file of honestFiles) for (const text of linesOf(file)) lines.push({ text, label: 'legit', shown: 1 });
  for (const file of spamFiles) {
    const shown = SHOWN[file.name] ?? 1;
    for (const text of spamOf(file, linesOf(file).filter(believed), random)) lines.push({ text, label: 'spam', shown });
  }
  return lines;
}

/** What training on `lines` together with the project's own rows and composed lines gives. */
export interface BackgroundWeights {
  /** Of the lines alone. */
  readonly counts: Counts;
  /** Natural-log odds by feature id before scaling, and after. */
  readonly start: Float32Array;
  readonly scaled: Float32Array;
}

export async function weighLines(lines: readonly CorpusLine[], random: Random): Promise<BackgroundWeights> {
  const counter = new LineCounter();
  for (const { text, label } of lines) counter.add(text, label);
  const set = await readTrainingSet(new URL('../training-data', import.meta.url).pathname, false);
  const generated = composeLines(set.grammars).map(({ text }) => ({ text, label: 'spam' as const }));
  const own = new LineCounter();
  for (const { text, label } of [...set.rows, ...generated]) own.add(text, label);
  const all = new Counts(BUCKETS);
  all.addAll(counter.counts);
  all.addAll(own.counts);
  const start = startingWeights(all);
  const written = Array.from({ length: WRITTEN_REPEATS }, () => set.rows).flat();
  const corpus = lines.flatMap((line) => Array.from({ length: line.shown }, () => line));
  const scaled = new Float32Array(start.length);
  for (let run = 0; run < RUNS; run++) {
    const weights = start.slice();
    scaleWeights(weights, [...corpus, ...generated, ...written], random);
    for (let id = 0; id < scaled.length; id++) scaled[id] += weights[id] / RUNS;
  }
  return { counts: counter.counts, start, scaled };
}
