import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel } from '../bayes/codec.ts';
import type { EngineParts } from '../service/dependencies.ts';
import { parsePolicy } from '../verdict/policy.ts';
import { BASE_MODEL_FOLDER } from './base-sieve.ts';

/** What the base sieve is made of, for sieves with a tenant's own rules. Throws a ModelError or PolicyError. */
export async function loadBaseParts(folder = BASE_MODEL_FOLDER): Promise<EngineParts> {
  const model = await decodeModel(readFileSync(join(folder, 'model.bin')));
  return { model, policy: parsePolicy(JSON.parse(readFileSync(join(folder, 'policy.json'), 'utf8'))) };
}
