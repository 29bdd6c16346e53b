/** Opens the store in a file as a user who owns nothing (where this one may become that user), and prints how it went. */
import { openSqliteStore } from '../../../src/node/sqlite-database.ts';
import { StoreError } from '../../../src/store/store-error.ts';

const NOBODY = 65_534;
if (process.getuid?.() === 0) process.seteuid?.(NOBODY);
try {
  await openSqliteStore(process.argv[2] ?? '').close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof StoreError ? `${error.code}: ${error.message}` : String(error));
}
