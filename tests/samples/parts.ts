import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel } from '../../src/bayes/codec.ts';
import { decodeCounts } from '../../src/bayes/figures.ts';
import { BASE_MODEL_FOLDER, PACKAGE_FOLDER } from '../../src/node/base-sieve.ts';
import { parseRows } from '../../src/training/corpus.ts';
import { compiledRules } from '../../src/rules/compiled.ts';
import { builtinRules } from '../../src/rules/sets/index.ts';
import type { BaseModel } from '../../src/samples/adapt.ts';
import { InfluenceMeter } from '../../src/samples/influence.ts';
import { createSieve, type Sieve } from '../../src/sieve.ts';
import { parsePolicy } from '../../src/verdict/policy.ts';

const file = (name: string): Buffer => readFileSync(join(BASE_MODEL_FOLDER, name));

export const base: BaseModel = {
  model: await decodeModel(file('model.bin')),
  counts: await decodeCounts(file('counts.bin')),
};
export const policy = parsePolicy(JSON.parse(file('policy.json').toString('utf8')));
export const meter = new InfluenceMeter(base, compiledRules(builtinRules), policy);

/** Held-out rows of the repository, never trained on. */
export function heldOut(label: 'legit' | 'spam'): string[] {
  const path = join(PACKAGE_FOLDER, 'training-data', 'heldout', `${label}.jsonl`);
  return parseRows(path, readFileSync(path, 'utf8')).map(({ text }) => text);
}

/** Lines in which the sieve finds anything. */
export function flagged(sieve: Sieve, lines: readonly string[]): string[] {
  return lines.filter((text) => sieve.check({ text }).spans.length > 0);
}

export const sieveOf = async (model: BaseModel['model']): Promise<Sieve> =>
  await createSieve({ model, policy, base: base.model });
