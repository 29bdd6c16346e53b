import type { Parameter, Statement } from '../store/database.ts';
import type { Statements } from './sqlite-connection.ts';

/** What the thread of `sqlite-thread-writer.ts` is told: what to commit together, or to end. */
export type Order = PackedOrder | { readonly close: true };

/** The statements of each caller, as they go from thread to thread: texts of SQL, which callers have in common, are sent once. */
export interface PackedOrder {
  readonly texts: readonly string[];
  readonly callers: readonly (readonly Sent[])[];
}

type Sent = readonly [text: number, params: readonly Parameter[], addsFrom?: number];

export function packOrder(callers: readonly Statements[]): PackedOrder {
  const numbers = new Map<string, number>();
  const numberOf = (sql: string): number => {
    const known = numbers.get(sql) ?? numbers.size;
    numbers.set(sql, known);
    return known;
  };
  const packed = callers.map((statements) =>
    statements.map(({ sql, params, addsFrom }): Sent =>
      addsFrom === undefined ? [numberOf(sql), params] : [numberOf(sql), params, addsFrom],
    ),
  );
  return { texts: [...numbers.keys()], callers: packed };
}

export function unpackOrder({ texts, callers }: PackedOrder): Statements[] {
  return callers.map((sent) => sent.map((one) => statementOf(texts, one)));
}

function statementOf(texts: readonly string[], [text, params, addsFrom]: Sent): Statement {
  const sql = texts[text];
  return addsFrom === undefined ? { sql, params } : { sql, params, addsFrom };
}
