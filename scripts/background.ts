/**
 * Builds `training-data/background/`: figures of public corpora, no text of theirs. Counts of features by label, and the
 * residual that discriminative scaling adds to naive Bayes after seeing corpora and training data together. Tuning lines are among them, unless
 * something is to be tuned on them: `--without-tuning-lines`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodeCounts, encodeResidual } from '../src/bayes/figures.ts';
import { createRandom } from '../src/training/random.ts';
import { corpusLines, honestFiles, SCALING_SEED, spamFiles, weighLines } from './background-lines.ts';
import type { CorpusFile } from './corpora.ts';

const FOLDER = new URL('../training-data/background/', import.meta.url);

const tuning = process.argv.includes('--without-tuning-lines');
const linesOf = ({ train, dev }: CorpusFile): readonly string[] => (tuning ? train : [...train, ...dev]);

const random = createRandom(SCALING_SEED);
const lines = corpusLines(linesOf, random);
const began = performance.now();
const { counts, start, scaled } = await weighLines(lines, random);
const seconds = (performance.now() - began) / 1000;

mkdirSync(FOLDER, { recursive: true });
writeFileSync(new URL('counts.bin', FOLDER), await encodeCounts(counts));
writeFileSync(new URL('residual.bin', FOLDER), await encodeResidual(scaled.map((weight, id) => weight - start[id])));
const sources = [...honestFiles, ...spamFiles].map((file) => ({
  folder: file.folder,
  name: file.name,
  lines: linesOf(file).length,
}));
writeFileSync(new URL('files.json', FOLDER), `${JSON.stringify(sources, null, 1)}\n`);
console.log(`${lines.length} corpus lines counted and scaled in ${seconds.toFixed(1)} s`);
