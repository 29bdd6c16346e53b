import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel } from '../bayes/codec.ts';
import { decodeCounts } from '../bayes/figures.ts';
import { KnownTerms } from '../bayes/known-terms.ts';
import type { EngineParts } from '../service/dependencies.ts';
import { once } from '../service/once.ts';
import type { ExpectedFigures } from '../training/line-figures.ts';
import { parsePolicy } from '../verdict/policy.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from './base-sieve.ts';
import { readRows } from './training-data.ts';

/**
 * What the base sieve is made of, for sieves with a tenant's own rules and samples; counts, known terms and held-out rows are read when they are first
 * asked for. Throws a ModelError or PolicyError.
 */
export async function loadBaseParts(folder = BASE_MODEL_FOLDER): Promise<EngineParts> {
  const model = await decodeModel(readFileSync(join(folder, 'model.bin')));
  const policy = parsePolicy(JSON.parse(readFileSync(join(folder, 'policy.json'), 'utf8')));
  const counts = once(async () => await decodeCounts(readFileSync(join(folder, 'counts.bin'))));
  const terms = join(folder, 'known-terms.bin');
  const knownTerms = once(async () => await KnownTerms.decode(readFileSync(terms)));
  const card = join(folder, 'card.json');
  const { expected } = (existsSync(card) ? JSON.parse(readFileSync(card, 'utf8')) : {}) as {
    expected?: ExpectedFigures;
  };
  const told = { ...(existsSync(terms) ? { knownTerms } : {}), ...(expected === undefined ? {} : { expected }) };
  return { model, policy, counts, heldOut: readHeldOut, ...told };
}

/** Rows that no training reads. */
export function readHeldOut(): ReturnType<typeof readRows> {
  return readRows(join(PACKAGE_FOLDER, 'training-data', 'heldout'));
}
