/** How often each value of a figure came: verdicts, tenths of the posterior, rules. */
export type Distribution = Readonly<Record<string, number>>;

export interface Drift {
  readonly figure: string;
  /** Population stability index of the two distributions, 0 where they are alike. */
  readonly index: number;
  readonly drifted: boolean;
  /** Values whose share moved most, the greatest first, at most five. */
  readonly moved: readonly { readonly key: string; readonly before: number; readonly now: number }[];
}

export interface DriftOptions {
  readonly band?: number;
  readonly worse?: string | undefined;
}

/** From here on a population is taken to have shifted (Siddiqi, Credit Risk Scorecards, 2006, ch. 6: .1 slight, .25 major). */
export const BAND = 0.25;
/** Fewer observations say nothing about a share of one in a hundred. */
const LEAST_OBSERVED = 500;
/** Stands for a share that was never observed: the index has logarithms. */
const LEAST_SHARE = 1e-4;
const MOVED = 5;

/**
 * Holds what is observed now against what was before. Too few observations, before or now, never count as drift. With `worse`, a value of
 * the figure, only its growth does.
 */
export function driftOf(
  figure: string,
  before: Distribution,
  now: Distribution,
  { band = BAND, worse }: DriftOptions = {},
): Drift {
  const [totalBefore, totalNow] = [total(before), total(now)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  const shares = keys.map((key) => ({ key, before: share(before, key, totalBefore), now: share(now, key, totalNow) }));
  const index = shares.reduce((sum, { before, now }) => sum + contribution(before, now), 0);
  const isWorse = worse === undefined || share(now, worse, totalNow) > share(before, worse, totalBefore);
  const enough = totalBefore >= LEAST_OBSERVED && totalNow >= LEAST_OBSERVED;
  const moved = shares.sort(
    (a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before) || (a.key < b.key ? -1 : 1),
  );
  return {
    figure,
    index: enough ? index : 0,
    drifted: enough && isWorse && index > band,
    moved: moved.slice(0, MOVED),
  };
}

function contribution(before: number, now: number): number {
  const [p, q] = [Math.max(LEAST_SHARE, before), Math.max(LEAST_SHARE, now)];
  return (q - p) * Math.log(q / p);
}

function share(distribution: Distribution, key: string, of: number): number {
  return of === 0 ? 0 : (Object.hasOwn(distribution, key) ? distribution[key] : 0) / of;
}

function total(distribution: Distribution): number {
  return Object.values(distribution).reduce((sum, count) => sum + count, 0);
}
