import type { Calibration } from './calibrate.ts';

/** What is made of posteriors: data beside the model, reviewed as a diff. */
export interface Policy {
  readonly name: string;
  /** Spans at or above `remove` are taken out, at or above `review` shown to a person; below, they are not reported. */
  readonly thresholds: { readonly remove: number; readonly review: number };
  /** A document of which at most this share of word characters would be left is blocked as a whole. */
  readonly blockBelow: number;
  readonly calibration: Calibration;
}

/** Thrown for a policy that cannot be used; names the field and what it must be. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** Checks a parsed `policy.json`. Throws a `PolicyError`. */
export function parsePolicy(value: unknown): Policy {
  const policy = objectAt(value, 'policy');
  const thresholds = objectAt(policy['thresholds'], 'thresholds');
  const calibration = objectAt(policy['calibration'], 'calibration');
  const review = numberAt(thresholds['review'], 'thresholds.review', 0, 1);
  return {
    name: typeof policy['name'] === 'string' ? policy['name'] : 'unnamed',
    thresholds: { review, remove: numberAt(thresholds['remove'], 'thresholds.remove', review, 1) },
    blockBelow: numberAt(policy['blockBelow'], 'blockBelow', 0, 1),
    calibration: {
      intercept: numberAt(calibration['intercept'], 'calibration.intercept', -100, 100),
      slope: numberAt(calibration['slope'], 'calibration.slope', 0, 100),
      length: numberAt(calibration['length'], 'calibration.length', -100, 100),
    },
  };
}

function objectAt(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyError(`${field} must be an object; see models/base/policy.json`);
  }
  return value as Record<string, unknown>;
}

function numberAt(value: unknown, field: string, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new PolicyError(`${field} must be a number from ${least} to ${most}, not ${JSON.stringify(value)}`);
}
