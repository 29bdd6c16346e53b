/** A finding that someone has looked at and lets stand. */
export interface Suppression {
  /** As report.csv and report.sarif give it. */
  readonly fingerprint: string;
  readonly author: string;
  readonly reason: string;
  /** Day after which it no longer counts, `2027-01-31`. */
  readonly expires: string;
}

export class SuppressionError extends Error {
  override readonly name = 'SuppressionError';
}

const FIELDS = ['fingerprint', 'author', 'reason', 'expires'] as const;

/** The suppressions that still hold on `today` (ISO 8601 day), by fingerprint. Throws a SuppressionError that names the row. */
export function parseSuppressions(json: unknown, today: string): Map<string, Suppression> {
  if (!Array.isArray(json))
    throw new SuppressionError('suppressions are an array of {fingerprint, author, reason, expires}');
  const rows = json.map((row: unknown, i) => suppressionOf(row, i + 1));
  return new Map(rows.filter(({ expires }) => expires >= today).map((row) => [row.fingerprint, row]));
}

function suppressionOf(row: unknown, number: number): Suppression {
  const fields: Record<string, unknown> = typeof row === 'object' && row !== null ? { ...row } : {};
  for (const name of FIELDS) {
    const value = fields[name];
    if (typeof value !== 'string' || value.trim() === '') {
      throw new SuppressionError(`suppression ${number} has no ${name}; each needs ${FIELDS.join(', ')}`);
    }
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(String(fields['expires']))) {
    throw new SuppressionError(`suppression ${number}: expires must be a day such as 2027-01-31`);
  }
  return fields as unknown as Suppression;
}
