import { MOST_PARAMETERS, type Parameter, type Statement } from './database.ts';

/** INSERTs of all rows (each with its values in the order of `columns`), as many rows to a statement as may be bound. */
export function insertRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Parameter[])[],
): Statement[] {
  const [first] = rows;
  // The log of a check is one row.
  if (rows.length === 1 && first !== undefined) return [{ sql: insertOf(table, columns, 1), params: first }];
  const most = Math.floor(MOST_PARAMETERS / columns.length);
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += most) {
    const chunk = rows.slice(start, start + most);
    statements.push({ sql: insertOf(table, columns, chunk.length), params: chunk.flat() });
  }
  return statements;
}

/** By the columns, which each table has one array of: putting the text together costs as much as binding the values. */
const texts = new WeakMap<readonly string[], string[]>();

function insertOf(table: string, columns: readonly string[], rows: number): string {
  const known = texts.get(columns) ?? [];
  texts.set(columns, known);
  return (known[rows] ??= composed(table, columns, rows));
}

function composed(table: string, columns: readonly string[], rows: number): string {
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => tuple).join(', ')}`;
}
