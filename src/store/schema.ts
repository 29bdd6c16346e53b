import type { Database } from './database.ts';
import { StoreError } from './store-error.ts';

/** Every file of `migrations/`, in order. A migration that was released is never changed: the next one corrects it. */
export const MIGRATIONS = ['0001_store.sql', '0002_learning.sql', '0003_audits.sql'] as const;

/** The table in which wrangler notes what it applied; Node keeps the same one. */
export const MIGRATIONS_TABLE = 'd1_migrations';

/** What is left to apply, given what was applied. Throws `newer-schema` where this version does not know all of that. */
export function pendingMigrations(applied: readonly string[]): readonly string[] {
  const known: ReadonlySet<string> = new Set(MIGRATIONS);
  const unknown = applied.find((name) => !known.has(name));
  if (unknown === undefined) return MIGRATIONS.filter((name) => !applied.includes(name));
  throw new StoreError(
    'newer-schema',
    `the database has migration ${unknown}, but this version of linesieve knows none after ${MIGRATIONS.at(-1)}:` +
      ' run the version that wrote it or a newer one, or restore a backup from before the upgrade',
  );
}

/** The last migration applied. Rejects with `unmigrated` or `newer-schema` where the database does not fit this version. */
export async function readSchema(db: Database): Promise<string> {
  const rows = await db.all(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY id`);
  const applied = rows.map((row) => row['name'] as string);
  const [missing] = pendingMigrations(applied);
  if (missing === undefined) return applied.at(-1) as string;
  throw new StoreError(
    'unmigrated',
    `the database lacks migration ${missing}: run "wrangler d1 migrations apply" (Node applies it when it opens the file)`,
  );
}
