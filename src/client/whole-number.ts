/** The longest delay that timers take in every runtime: what is longer runs out at once. */
export const MOST_DELAY_MS = 2 ** 31 - 1;

/** The value itself; throws a `RangeError` that names the option and what it takes where it is no whole number from `least` to `most`. */
export function wholeNumber(option: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${option} must be a whole number from ${least} to ${most}, not ${value}`);
}
