import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import { UserFailure } from './failure.ts';
import { openSqliteStore, type SqliteStoreOptions } from './sqlite-database.ts';

/** The store in a data folder, made where it is missing. Throws a `UserFailure` that names the folder. */
export function openDataFolder(folder: string, options: SqliteStoreOptions): Store {
  try {
    return openSqliteStore(join(folder, 'linesieve.db'), options);
  } catch (error) {
    throw new UserFailure(`--data ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
