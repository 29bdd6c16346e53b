import type { Row, Statement } from './database.ts';

/** The heavy fields of a verdict; `null` where one was not kept. */
export interface HeavyFields {
  readonly text: string | null;
  readonly spans: string | null;
}

export const PART_COLUMNS = ['tenant', 'verdict_id', 'field', 'part', 'content'] as const;

/**
 * UTF-16 units in a row. A unit weighs at most 3 bytes, or 7 where it is a lone surrogate (string-codec.ts), so that no row comes
 * near 2,000,000 bytes, the most that D1 takes.
 */
const ROW_LENGTH = 250_000;

/** Rows of `PART_COLUMNS` after the tenant; none where both fields find room in the row of the verdict. */
export function partsOf(id: string, { text, spans }: HeavyFields): [string, string, number, string][] {
  if ((text?.length ?? 0) + (spans?.length ?? 0) <= ROW_LENGTH) return [];
  return [...cut(id, 'text', text), ...cut(id, 'spans', spans)];
}

function cut(id: string, field: keyof HeavyFields, value: string | null): [string, string, number, string][] {
  if (value === null) return [];
  const count = Math.max(1, Math.ceil(value.length / ROW_LENGTH));
  return Array.from({ length: count }, (_, part) => {
    const start = part * ROW_LENGTH;
    return [id, field, part, value.slice(start, start + ROW_LENGTH)];
  });
}

export function readParts(tenant: string, id: string): Statement {
  const sql = 'SELECT field, content FROM verdict_parts WHERE tenant = ?1 AND verdict_id = ?2 ORDER BY field, part';
  return { sql, params: [tenant, id] };
}

/** The fields of one verdict from its parts in order; `null` where there are none. */
export function joinParts(rows: readonly Row[]): HeavyFields {
  const joined = (field: keyof HeavyFields): string | null => {
    const parts = rows.filter((row) => row['field'] === field);
    return parts.length === 0 ? null : parts.map((row) => row['content']).join('');
  };
  return { text: joined('text'), spans: joined('spans') };
}
