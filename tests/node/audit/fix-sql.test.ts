import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SqlTokens, type SqlToken } from '../../../src/audit/sources/sql-tokens.ts';
import { mysqlLiteral, reversed, sqlScript, updateStatement } from '../../../src/node/audit/fix/sql-updates.ts';
import { loadBaseSieve } from '../../../src/node/base-sieve.ts';
import { auditFix } from '../../../src/node/commands/audit-fix.ts';
import { auditCommand } from '../../../src/node/commands/audit.ts';

const SPAM = '国产精品一区_久久午夜无码_亚洲成人网站_人妻熟女自拍';
const HONEST = '会议强调，要加强值守，确保安全。';

function tokensOf(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  const reader = new SqlTokens((token) => tokens.push(token));
  reader.write(sql);
  reader.end();
  return tokens;
}

const AWKWARD = ["it's 'so'", 'a\\b\\', '\\', "'", '\0 nul', '\u001a end', '😀 𝒳', 'a\r\nb\tc', "';--", '%_', ''];

describe('SQL of a fix', () => {
  it.each(AWKWARD)('escapes %j so that the reader of dumps reads it back', (text) => {
    expect(tokensOf(mysqlLiteral(text))).toEqual([{ kind: 'string', text }]);
    expect(mysqlLiteral(text)).not.toMatch(new RegExp('[\\0\\u001a\\r\\n]'));
  });

  it('stays one statement whatever stands in it', () => {
    const change = { table: 'wp_posts', post: '7', column: 'post_content', before: 'x', after: AWKWARD.join('|') };
    const marks = tokensOf(sqlScript([change])).filter(({ kind, text }) => kind === 'mark' && text === ';');
    expect(marks).toHaveLength(5);
    expect(reversed(change)).toMatchObject({ before: change.after, after: 'x' });
  });

  it.each(["it's", '😀', "';--", '%_'])(
    'changes %j in SQLite, where the dialects agree, and only what it held',
    (text) => {
      const database = new DatabaseSync(':memory:');
      database.exec('CREATE TABLE `wp_posts` (ID INTEGER PRIMARY KEY, post_title TEXT)');
      database.prepare('INSERT INTO wp_posts VALUES (1, ?), (2, ?)').run('old', 'old');
      const digest = (column: unknown): string =>
        database.prepare('SELECT hex(?) AS h').get(String(column))?.h as string;
      database.function('SHA2', digest);
      const run = (before: string): number | bigint => {
        const change = { table: 'wp_posts', post: '1', column: 'post_title', before, after: text };
        const guard = /SHA2\(CONVERT\((`post_title`) USING utf8mb4\), 256\) = '[0-9a-f]{64}'/;
        const sql = updateStatement(change).replace(guard, `SHA2($1) = '${digest(before)}'`);
        return database.prepare(sql).run().changes;
      };
      expect(run('another')).toBe(0);
      expect(run('old')).toBe(1);
      expect(database.prepare('SELECT post_title AS t FROM wp_posts ORDER BY ID').all()).toEqual([
        { t: text },
        { t: 'old' },
      ]);
      database.close();
    },
  );

  it('comes from the dump of a network of sites, each post in its own table', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linesieve-sql-'));
    const at = (...names: string[]): string => join(folder, ...names);
    const values = (title: string, content: string): string =>
      `(1,1,'','','${content}','${title}','','publish','','','','','','','2026-01-02 03:04:05','','',0,'',0,'post','',0)`;
    writeFileSync(
      at('dump.sql'),
      `INSERT INTO \`wp_posts\` VALUES ${values('A', `${HONEST}\\n${SPAM}`)};\n` +
        `INSERT INTO \`wp_2_posts\` VALUES ${values("it\\'s", `${HONEST}\\n${SPAM}\\n\\\\ ${HONEST}`)};\n`,
    );
    await auditCommand([at('dump.sql')], { threads: '1', progress: 'none', out: at('out') });
    const dump = readFileSync(at('dump.sql'), 'utf8');
    expect(await auditFix(at('out'), { write: true }, await loadBaseSieve())).toBe(0);
    const updates = readFileSync(at('out', 'fix.sql'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('UPDATE'));
    const undo = readFileSync(at('out', 'undo.sql'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('UPDATE'));
    expect(readFileSync(at('dump.sql'), 'utf8')).toBe(dump);
    rmSync(folder, { recursive: true });
    expect(updates.map((line) => /UPDATE `(\w+)` SET `(\w+)`/.exec(line)?.slice(1))).toEqual([
      ['wp_posts', 'post_content'],
      ['wp_2_posts', 'post_content'],
    ]);
    const strings = (lines: string[]): string[] =>
      lines.map((line) => tokensOf(line).find(({ kind }) => kind === 'string')?.text ?? '');
    expect(strings(updates)[1]).toMatch(new RegExp(`^${HONEST}\\n+\\\\ ${HONEST}$`));
    expect(strings(undo)).toEqual([`${HONEST}\n${SPAM}`, `${HONEST}\n${SPAM}\n\\ ${HONEST}`]);
  });
});
