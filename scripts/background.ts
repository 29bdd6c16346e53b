/**
 * Builds `training-data/background/`: figures of public corpora, no text of theirs. Counts of features by label, and the
 * residual that discriminative scaling adds to naive Bayes after seeing corpora and training data together.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Counts } from '../src/bayes/counts.ts';
import { BUCKETS } from '../src/bayes/features.ts';
import { encodeCounts, encodeResidual } from '../src/bayes/figures.ts';
import { fitWeights } from '../src/bayes/fit.ts';
import { readTrainingSet } from '../src/node/training-data.ts';
import { LineCounter } from '../src/training/counting.ts';
import { createRandom, type Random } from '../src/training/random.ts';
import { BAYES_SHARE, scaleWeights, type LabelledLine } from '../src/training/scaling.ts';
import { composeLines } from '../src/training/train.ts';
import { readCorpora, type CorpusFile } from './corpora.ts';

const FOLDER = new URL('../training-data/background/', import.meta.url);
/** Not trained on: free prose about acts (descriptions, comments under videos) is crude but no injection. */
const LEFT_OUT = new Set(['xhamster_descriptions_en', 'id_gambling_video_titles_comments']);
/** Phrase lists: their phrases are spam alone and in lists of our making. */
const PHRASE_FILES = new Set(['lex_adult_zh_selected', 'lex_gambling_zh_selected']);
const PHRASE_REPEATS = 3;
const SEPARATORS = ['_', '_', '_', ',', ',', '-', ' ', '|', ' I ', '、', '/', '·', '，', '丨'];
/** Templated comments that repeat a few hundred sentences: a quarter of them says as much. */
const TEMPLATED = 'id_judol_spam_comments';
/** Written lines are few and chosen; they are shown this often. */
const WRITTEN_REPEATS = 6;
const SCALING_SEED = 11;

function* spamOf(file: CorpusFile, random: Random): Generator<string> {
  if (LEFT_OUT.has(file.name)) return;
  if (file.name === TEMPLATED) yield* file.train.filter((_, i) => i % 4 === 0);
  else if (!PHRASE_FILES.has(file.name)) yield* file.train;
  else {
    const phrases = file.train.filter((phrase) => phrase.length >= 3);
    for (let i = 0; i < PHRASE_REPEATS; i++) yield* phrases;
    for (let i = 0; i < 1.5 * phrases.length; i++) yield listOf(phrases, random);
  }
}

function listOf(phrases: readonly string[], random: Random): string {
  return Array.from({ length: 4 + random.int(10) }, () => random.oneOf(phrases)).join(random.oneOf(SEPARATORS));
}

const random = createRandom(SCALING_SEED);
const honest = [...readCorpora('legit'), ...readCorpora('hard-negative')];
const spam = [...readCorpora('spam-adult'), ...readCorpora('spam-gambling')];
const lines: LabelledLine[] = [];
for (const file of honest) for (const text of file.train) lines.push({ text, label: 'legit' });
for (const file of spam) for (const text of spamOf(file, random)) lines.push({ text, label: 'spam' });

const counter = new LineCounter();
for (const { text, label } of lines) counter.add(text, label);
const set = await readTrainingSet(new URL('../training-data', import.meta.url).pathname, false);
const generated = composeLines(set.grammars).map(({ text }) => ({ text, label: 'spam' as const }));
const written = new LineCounter();
for (const { text, label } of [...set.rows, ...generated]) written.add(text, label);
const all = new Counts(BUCKETS);
all.addAll(counter.counts);
all.addAll(written.counts);

const start = fitWeights(all).map((weight) => weight * BAYES_SHARE);
const scaled = start.slice();
const shown = Array.from({ length: WRITTEN_REPEATS }, () => set.rows).flat();
const began = performance.now();
scaleWeights(scaled, [...lines, ...generated, ...shown], random);
const seconds = (performance.now() - began) / 1000;

mkdirSync(FOLDER, { recursive: true });
writeFileSync(new URL('counts.bin', FOLDER), await encodeCounts(counter.counts));
writeFileSync(new URL('residual.bin', FOLDER), await encodeResidual(scaled.map((weight, id) => weight - start[id])));
const sources = [...honest, ...spam].map(({ folder, name, train }) => ({ folder, name, lines: train.length }));
writeFileSync(new URL('files.json', FOLDER), `${JSON.stringify(sources, null, 1)}\n`);
console.log(
  `${lines.length} corpus lines, ${set.rows.length} written, ${generated.length} composed; scaled in ${seconds.toFixed(1)} s`,
);
