import { env } from 'cloudflare:workers';
import first from '../../src/store/migrations/0001_store.sql?raw';
import second from '../../src/store/migrations/0002_learning.sql?raw';
import third from '../../src/store/migrations/0003_audits.sql?raw';
import { describe, expect, it } from 'vitest';
import { d1Backend } from '../../src/store/d1-database.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { MIGRATIONS, MIGRATIONS_TABLE } from '../../src/store/schema.ts';
import { describeStore } from '../store/conformance.ts';

const TEXTS = [first, second, third];

/** As wrangler applies them. A statement ends at a semicolon that ends its line. */
async function migrate(): Promise<void> {
  const table = `CREATE TABLE IF NOT EXISTS ${MIGRATIONS_TABLE} (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)`;
  await env.DB.prepare(table).run();
  const statements = TEXTS.flatMap((text) => text.split(/;\s*(?:\n|$)/)).filter((sql) => sql.trim() !== '');
  const noted = MIGRATIONS.map((name) =>
    env.DB.prepare(`INSERT INTO ${MIGRATIONS_TABLE} (name) VALUES (?1)`).bind(name),
  );
  await env.DB.batch([...statements.map((sql) => env.DB.prepare(sql)), ...noted]);
}

/** The storage of a test file is one: each test begins by emptying it. */
async function empty(): Promise<void> {
  const tables = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const names = tables.results.map(({ name }) => name).filter((name) => name !== MIGRATIONS_TABLE);
  if (names.length === 0) await migrate();
  else await env.DB.batch(names.map((name) => env.DB.prepare(`DELETE FROM ${name}`)));
}

describeStore('D1', async () => {
  await empty();
  return openStore(d1Backend(env.DB));
});

describe('D1 itself', () => {
  it('has every migration that Node applies', () => {
    expect(TEXTS.length).toBe(MIGRATIONS.length);
  });

  it('refuses more parameters than the port lets through', async () => {
    const sql = (count: number): string => `SELECT max(${Array.from({ length: count }, () => '?').join(', ')}) AS most`;
    const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
    const db = openDatabase(d1Backend(env.DB));
    expect(await db.all(sql(100), ones(100))).toEqual([{ most: 1 }]);
    await expect(db.all(sql(101), ones(101))).rejects.toMatchObject({ code: 'bad-input' });
    await expect(
      env.DB.prepare(sql(101))
        .bind(...ones(101))
        .all(),
    ).rejects.toThrow(/too many/i);
  });
});
