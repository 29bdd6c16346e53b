import { join } from 'node:path';
import type { Dependencies } from '../service/dependencies.ts';
import { folderModelFiles } from './model-files.ts';
import { threadTrainer } from './thread-trainer.ts';

/** What learning needs of a data folder: a place for models, and a thread to build them in. */
export function learningParts(data: string | null): Pick<Dependencies, 'modelFiles' | 'trainer'> {
  if (data === null) return {};
  return { modelFiles: folderModelFiles(join(data, 'models')), trainer: threadTrainer };
}
