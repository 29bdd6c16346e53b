import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCounts, decodeResidual } from '../bayes/figures.ts';
import { KnownTerms } from '../bayes/known-terms.ts';
import { checkRows, parseRows, type TrainingRow } from '../training/corpus.ts';
import type { Grammar } from '../training/generator.ts';
import type { Background, TrainingSet } from '../training/train.ts';

/** Reads everything that `train` works from: rows, grammars and background figures, files in the order of their names. */
export async function readTrainingSet(directory: string, withBackground = true): Promise<TrainingSet> {
  const rows = [...readRows(join(directory, 'legit')), ...readRows(join(directory, 'spam'))];
  checkRows(rows);
  const background = withBackground ? await readBackground(join(directory, 'background')) : null;
  return { rows, grammars: readGrammars(join(directory, 'generator')), background };
}

/** The training rows of all JSONL files of a folder. */
export function readRows(folder: string): TrainingRow[] {
  return filesOf(folder, '.jsonl').flatMap((file) => parseRows(file, readFileSync(join(folder, file), 'utf8')));
}

export function readGrammars(folder: string): Grammar[] {
  return filesOf(folder, '.json').map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Grammar);
}

async function readBackground(folder: string): Promise<Background | null> {
  if (!existsSync(join(folder, 'counts.bin'))) return null;
  return {
    counts: await decodeCounts(readFileSync(join(folder, 'counts.bin'))),
    residual: await decodeResidual(readFileSync(join(folder, 'residual.bin'))),
  };
}

/** The file of known terms as it is, which must be whole; `null` where there is none. Throws a ModelError. */
export async function readKnownTerms(directory: string): Promise<Uint8Array | null> {
  const file = join(directory, 'background', 'known-terms.bin');
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  await KnownTerms.decode(bytes);
  return bytes;
}

function filesOf(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort();
}
