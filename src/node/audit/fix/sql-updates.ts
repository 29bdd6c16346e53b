import { createHash } from 'node:crypto';

/** A change of one field of a row of `wp_posts`. */
export interface PostChange {
  readonly table: string;
  readonly post: string;
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "''",
  '\\': '\\\\',
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  // Ends a file that mysql.exe reads.
  '\u001a': '\\Z',
};

/** A string for MySQL and MariaDB, where backslashes escape. */
export function mysqlLiteral(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return `'${text.replace(/['\\\0\n\r\u001a]/g, (unit) => ESCAPES[unit])}'`;
}

/** Changes a row that still holds what it held: the hash is of UTF-8, whatever character set the column has. */
export function updateStatement({ table, post, column, before, after }: PostChange): string {
  const name = `\`${column}\``;
  const id = /^\d+$/.test(post) ? post : mysqlLiteral(post);
  const digest = createHash('sha256').update(before).digest('hex');
  const guard = `SHA2(CONVERT(${name} USING utf8mb4), 256) = '${digest}'`;
  return `UPDATE \`${table.replaceAll('`', '``')}\` SET ${name} = ${mysqlLiteral(after)} WHERE \`ID\` = ${id} AND ${guard};`;
}

/** A script for the `mysql` client: all of it or nothing, with backslashes escaping whatever the server's mode is. */
export function sqlScript(changes: readonly PostChange[]): string {
  const head = ['SET NAMES utf8mb4;', "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';", 'START TRANSACTION;'];
  return [...head, ...changes.map(updateStatement), 'COMMIT;', ''].join('\n');
}

export function reversed({ before, after, ...where }: PostChange): PostChange {
  return { ...where, before: after, after: before };
}
