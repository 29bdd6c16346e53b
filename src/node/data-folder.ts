import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import { UserFailure } from './failure.ts';
import { openSqliteStore } from './sqlite-database.ts';

/** The store in a data folder, made where it is missing. Throws a `UserFailure` that names the folder. */
export function openDataFolder(folder: string, check: boolean): Store {
  try {
    return openSqliteStore(join(folder, 'linesieve.db'), { check });
  } catch (error) {
    throw new UserFailure(`--data ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
