/** A share with the interval that the true share lies in, 19 times in 20. */
export interface Share {
  readonly part: number;
  readonly whole: number;
  /** part / whole; 1 where there is nothing. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959964;

/** Wilson's score interval (1927): honest for small counts and for shares near 0 and 1. Nothing seen proves nothing: 0 to 1. */
export function wilson(part: number, whole: number): Share {
  if (whole === 0) return { part, whole, share: 1, low: 0, high: 1 };
  const share = part / whole;
  const scale = 1 + (Z * Z) / whole;
  const center = (share + (Z * Z) / (2 * whole)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / whole + (Z * Z) / (4 * whole * whole))) / scale;
  return { part, whole, share, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
