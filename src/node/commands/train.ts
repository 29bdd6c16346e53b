import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KnownTerms } from '../../bayes/known-terms.ts';
import { decodeModel } from '../../bayes/codec.ts';
import { CorpusError } from '../../training/corpus.ts';
import { GENERATED_LINES, train, type Scaling } from '../../training/train.ts';
import { Novelty } from '../../samples/novelty.ts';
import { createSieve } from '../../sieve.ts';
import { expectedFigures } from '../../training/line-figures.ts';
import { parsePolicy } from '../../verdict/policy.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../base-sieve.ts';
import { EXIT, UserFailure } from '../failure.ts';
import { readKnownTerms, readRows, readTrainingSet } from '../training-data.ts';
import { VERSION } from '../../version.ts';

export interface TrainFlags {
  readonly out?: string;
  readonly data?: string;
  readonly scaling: Scaling;
  readonly background: boolean;
}

/**
 * `linesieve train`: writes `model.bin`, `counts.bin`, `known-terms.bin`, `policy.json` and `card.json`. The files are written beside and moved
 * into place when all are whole: a failure leaves the old model as it was.
 */
export async function trainCommand(flags: TrainFlags): Promise<number> {
  const data = flags.data ?? join(PACKAGE_FOLDER, 'training-data');
  const out = flags.out ?? BASE_MODEL_FOLDER;
  const began = performance.now();
  const set = await readSet(data, flags.background);
  const policy = readFileSync(join(data, 'policy.json'), 'utf8');
  const terms = flags.background ? await readKnownTerms(data) : null;
  mkdirSync(out, { recursive: true });
  const trained = await train(set, flags.scaling);
  const model = await decodeModel(trained.model);
  const { digest } = model;
  const novelty = terms === null ? null : new Novelty(await KnownTerms.decode(terms));
  const sieve = await createSieve({ model, policy: parsePolicy(JSON.parse(policy)) });
  const card = {
    name: 'base',
    version: VERSION,
    model: digest,
    command: `linesieve train --scaling ${flags.scaling}${flags.background ? '' : ' --no-background'}`,
    scaling: flags.scaling,
    lines: { ...trained.lines, written: set.rows.length, composed: GENERATED_LINES },
    background: flags.background ? 'training-data/background/files.json' : null,
    expected: expectedFigures(sieve, novelty, readRows(join(data, 'heldout'))),
  };
  writeModel(out, {
    'model.bin': trained.model,
    'counts.bin': trained.counts,
    ...(terms === null ? {} : { 'known-terms.bin': terms }),
    'policy.json': policy,
    'card.json': `${JSON.stringify(card, null, 2)}\n`,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stderr.write(
    `${digest}\n${set.rows.length} written lines, ${trained.lines.legit} honest and ${trained.lines.spam} spam counted, ${seconds} s\n`,
  );
  return EXIT.clean;
}

async function readSet(data: string, background: boolean): ReturnType<typeof readTrainingSet> {
  try {
    return await readTrainingSet(data, background);
  } catch (error) {
    if (error instanceof CorpusError) throw new UserFailure(error.message);
    throw error;
  }
}

function writeModel(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, `${name}.new`), content);
  for (const name of Object.keys(files)) renameSync(join(folder, `${name}.new`), join(folder, name));
  // Terms of an older model would call known what this one was not made of.
  if (!('known-terms.bin' in files)) rmSync(join(folder, 'known-terms.bin'), { force: true });
}
