import { afterAll } from 'vitest';
import { openSqliteStore } from '../../src/node/sqlite-database.ts';
import { describeStore } from './conformance.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

let opened = 0;

describeStore('SQLite', async () => openSqliteStore(folder.path(`${opened++}.db`)));
