import { MOST_PARAMETERS, type Parameter, type Statement } from './database.ts';

/** INSERTs of all rows (each with its values in the order of `columns`), as many rows to a statement as may be bound. */
export function insertRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Parameter[])[],
): Statement[] {
  const most = Math.floor(MOST_PARAMETERS / columns.length);
  const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += most) {
    const chunk = rows.slice(start, start + most);
    statements.push({ sql: head + chunk.map(() => tuple).join(', '), params: chunk.flat() });
  }
  return statements;
}
