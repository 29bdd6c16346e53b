import type { Backend, Outcome, Parameter, Statement } from '../store/database.ts';
import { encodeString } from '../store/string-codec.ts';

/**
 * A backend that runs nothing and writes down what it is told to: SQL for a database that is out of reach, such as D1, which `wrangler d1 execute` fills from a
 * file. Reads find nothing.
 */
export class SqlScript implements Backend {
  readonly kind = 'd1';
  #text = '';

  /** A statement a line. */
  get text(): string {
    return this.#text;
  }

  batch(statements: readonly Statement[]): Promise<Outcome[]> {
    for (const { sql, params } of statements)
      this.#text += `${sql.replace(/\?(\d+)/g, (_, place: string) => literal(params[Number(place) - 1]))};\n`;
    return Promise.resolve(statements.map(() => ({ rows: [], changes: 1 })));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function literal(value: Parameter | undefined): string {
  if (typeof value === 'string') return `'${encodeString(value).replaceAll("'", "''")}'`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value === null) return 'NULL';
  throw new TypeError('only texts, numbers and NULL can be written down');
}
