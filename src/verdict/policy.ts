import type { Calibration, CalibrationMap } from './calibrate.ts';

/** Spans at or above `remove` are taken out, at or above `review` shown to a person; below, they are not reported. */
export interface Thresholds {
  readonly review: number;
  readonly remove: number;
}

/** What is made of posteriors: data beside the model, reviewed as a diff. */
export interface Policy {
  readonly name: string;
  readonly thresholds: Thresholds;
  /** Other thresholds for the same posteriors, by the name of the policy that they make. */
  readonly alternatives: Readonly<Record<string, Thresholds>>;
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
  const calibration = objectAt(policy['calibration'], 'calibration');
  const alternatives = policy['alternatives'] === undefined ? {} : objectAt(policy['alternatives'], 'alternatives');
  return {
    name: typeof policy['name'] === 'string' ? policy['name'] : 'unnamed',
    thresholds: thresholdsAt(policy['thresholds'], 'thresholds'),
    alternatives: Object.fromEntries(
      Object.entries(alternatives).map(([name, value]) => [name, thresholdsAt(value, `alternatives.${name}`)]),
    ),
    blockBelow: numberAt(policy['blockBelow'], 'blockBelow', 0, 1),
    calibration: {
      unspaced: calibrationAt(calibration['unspaced'], 'calibration.unspaced'),
      spaced: calibrationAt(calibration['spaced'], 'calibration.spaced'),
      passed: calibrationAt(calibration['passed'], 'calibration.passed'),
    },
  };
}

/** The names that `chosenPolicy` takes, the policy's own first. */
export function policyNames({ name, alternatives }: Policy): string[] {
  return [name, ...Object.keys(alternatives)];
}

/** The policy with the thresholds of one of its names. Throws a `PolicyError` for another name. */
export function chosenPolicy(policy: Policy, name: string): Policy {
  if (name === policy.name) return policy;
  if (!Object.hasOwn(policy.alternatives, name)) {
    const names = policyNames(policy).join(', ');
    throw new PolicyError(`there is no policy ${JSON.stringify(name)}; choose one of ${names}`);
  }
  return { ...policy, name, thresholds: policy.alternatives[name] };
}

function thresholdsAt(value: unknown, field: string): Thresholds {
  const thresholds = objectAt(value, field);
  const review = numberAt(thresholds['review'], `${field}.review`, 0, 1);
  return { review, remove: numberAt(thresholds['remove'], `${field}.remove`, review, 1) };
}

function calibrationAt(value: unknown, field: string): CalibrationMap {
  const { intercept, slope, length } = objectAt(value, field);
  return {
    intercept: numberAt(intercept, `${field}.intercept`, -100, 100),
    slope: numberAt(slope, `${field}.slope`, 0, 100),
    length: numberAt(length, `${field}.length`, -100, 100),
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
