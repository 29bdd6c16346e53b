import { join } from 'node:path';
import type { Dependencies, StoreDependencies } from '../service/dependencies.ts';
import { DEFAULT_LIMITS } from '../service/limits.ts';
import { createSieve } from '../sieve.ts';
import type { Store } from '../store/store.ts';
import { loadBaseParts } from './base-parts.ts';
import { folderModelFiles } from './model-files.ts';
import { threadTrainer } from './thread-trainer.ts';
import { VERSION } from '../version.ts';

/** What learning needs of a data folder: a place for models, and a thread to build them in. */
export function learningParts(data: string | null): Pick<Dependencies, 'modelFiles' | 'trainer'> {
  if (data === null) return {};
  return { modelFiles: folderModelFiles(join(data, 'models')), trainer: threadTrainer };
}

/** What is done with samples and models where no requests are served: on the command line, and in the background of a service. */
export async function deskDependencies(
  store: Store,
  data: string | null,
  report?: Dependencies['report'],
): Promise<StoreDependencies> {
  const parts = await loadBaseParts();
  return {
    store,
    parts: () => parts,
    sieve: () => createSieve(parts),
    version: VERSION,
    limits: DEFAULT_LIMITS,
    ...(report === undefined ? {} : { report }),
    ...learningParts(data),
  };
}
