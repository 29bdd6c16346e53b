/** A finding that someone has looked at and lets stand. */
export interface Suppression {
  /** As report.csv and report.sarif give it. */
  readonly fingerprint: string;
  readonly author: string;
  readonly reason: string;
  /** Day after which it no longer counts, `2027-01-31`. */
  readonly expires: string;
  /** That day is over: the finding counts again, and the reports say so. */
  readonly expired: boolean;
}

export class SuppressionError extends Error {
  override readonly name = 'SuppressionError';
}

const FIELDS = ['fingerprint', 'author', 'reason', 'expires'] as const;

/** Suppressions by fingerprint, those that are over on `today` (ISO 8601 day) marked. Throws a SuppressionError that names the row. */
export function parseSuppressions(json: unknown, today: string): Map<string, Suppression> {
  if (!Array.isArray(json))
    throw new SuppressionError('suppressions are an array of {fingerprint, author, reason, expires}');
  return new Map(
    json.map((row: unknown, i) => {
      const fields = fieldsOf(row, i + 1);
      return [fields.fingerprint, { ...fields, expired: fields.expires < today }];
    }),
  );
}

function fieldsOf(row: unknown, number: number): Omit<Suppression, 'expired'> {
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
  return fields as unknown as Omit<Suppression, 'expired'>;
}
