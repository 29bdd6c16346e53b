import type { Backend } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { CommitVersion } from './sqlite-commit-version.ts';
import { openConnection, type SqliteOptions } from './sqlite-connection.ts';
import { storeErrorOf } from './sqlite-error.ts';
import { threadWriter } from './sqlite-thread-writer.ts';
import { inTransaction } from './sqlite-transaction.ts';
import { localWriter } from './sqlite-writer.ts';

export interface SqliteStoreOptions extends SqliteOptions {
  /**
   * Where writes are committed: `own` (the default) in the thread that asks, which is ready at once; `thread` in one beside it, which takes some
   * 20 ms to start and holds no request up: for a service.
   */
  readonly writes?: 'own' | 'thread';
}

/** Opens the store in a file, as `openConnection` does. */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  return openStore(openSqliteBackend(path, options));
}

/** As `openSqliteStore`, without the resources on it. */
export function openSqliteBackend(path: string, { writes = 'own', ...options }: SqliteStoreOptions = {}): Backend {
  const connection = openConnection(path, options);
  const { database, run } = connection;
  const writer = writes === 'own' ? localWriter(connection) : threadWriter(path, options);
  const version = new CommitVersion(database);
  return {
    kind: 'sqlite',
    async batch(statements) {
      try {
        if (!statements.every(({ sql }) => sql.startsWith('SELECT'))) {
          return await writer.write(statements).finally(() => version.change());
        }
        return statements.length === 1 ? run(statements) : inTransaction(database, () => run(statements), 'DEFERRED');
      } catch (error) {
        throw storeErrorOf(error, path);
      }
    },
    version() {
      try {
        return version.read();
      } catch (error) {
        throw storeErrorOf(error, path);
      }
    },
    async close() {
      if (!database.isOpen) return;
      await writer.close();
      database.close();
    },
  };
}
