import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel } from '../bayes/codec.ts';
import { createSieve, type Sieve } from '../sieve.ts';
import { parsePolicy } from '../verdict/policy.ts';
import { provideBaseRules } from './base-rules.ts';
import { PACKAGE_FOLDER } from './package-folder.ts';

export { PACKAGE_FOLDER } from './package-folder.ts';

export const BASE_MODEL_FOLDER = join(PACKAGE_FOLDER, 'models', 'base');

provideBaseRules();

/** A sieve from a model folder (`model.bin`, `policy.json`), the base model by default. Throws a ModelError or PolicyError. */
export async function loadBaseSieve(folder = BASE_MODEL_FOLDER): Promise<Sieve> {
  const model = await decodeModel(readFileSync(join(folder, 'model.bin')));
  const policy = parsePolicy(JSON.parse(readFileSync(join(folder, 'policy.json'), 'utf8')));
  return await createSieve({ model, policy });
}
