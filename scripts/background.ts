/**
 * Builds `training-data/background/`: figures of public corpora, no text of theirs. Counts of features by label, and the
 * residual that discriminative scaling adds to naive Bayes after seeing corpora and training data together.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodeCounts, encodeResidual } from '../src/bayes/figures.ts';
import { createRandom } from '../src/training/random.ts';
import { corpusLines, honestFiles, SCALING_SEED, spamFiles, weighLines } from './background-lines.ts';

const FOLDER = new URL('../training-data/background/', import.meta.url);

const random = createRandom(SCALING_SEED);
const lines = corpusLines((file) => file.train, random);
const began = performance.now();
const { counts, start, scaled } = await weighLines(lines, random);
const seconds = (performance.now() - began) / 1000;

mkdirSync(FOLDER, { recursive: true });
writeFileSync(new URL('counts.bin', FOLDER), await encodeCounts(counts));
writeFileSync(new URL('residual.bin', FOLDER), await encodeResidual(scaled.map((weight, id) => weight - start[id])));
const sources = [...honestFiles, ...spamFiles].map(({ folder, name, train }) => ({
  folder,
  name,
  lines: train.length,
}));
writeFileSync(new URL('files.json', FOLDER), `${JSON.stringify(sources, null, 1)}\n`);
console.log(`${lines.length} corpus lines counted and scaled in ${seconds.toFixed(1)} s`);
