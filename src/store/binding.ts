import type { DigestOf, Parameter, Row, SqlValue } from './database.ts';
import { decodeString, encodeString } from './string-codec.ts';

export function isDigestOf(value: Parameter): value is DigestOf {
  return typeof value === 'object' && value !== null;
}

/** What SQLite is given for a parameter. */
export function boundValue(value: Exclude<Parameter, DigestOf>): SqlValue {
  if (typeof value === 'string') return encodeString(value);
  return typeof value === 'boolean' ? Number(value) : value;
}

/** A row that SQLite gave, with its strings as they were bound. */
export function readRow(row: Row): Row {
  const read: Record<string, SqlValue> = Object.create(null);
  for (const name in row) {
    const value = row[name];
    read[name] = typeof value === 'string' ? decodeString(value) : value;
  }
  return read;
}
