/** One line as calibration sees it. */
export interface Forecast {
  readonly posterior: number;
  readonly isSpam: boolean;
}

/** Lines of like posterior; shares are weighted to the prevalence that the posterior is meant for. */
export interface ReliabilityBin {
  readonly lines: number;
  /** Share of all weight. */
  readonly mass: number;
  readonly meanPosterior: number;
  readonly spamShare: number;
}

/** Fifteen, as Guo et al. 2017 do, so that figures can be compared. */
export const BINS = 15;

/**
 * Bins of equal weight over the sorted posteriors. Where `prevalence` is given, spam weighs as much as if it were that share
 * of all lines: a posterior speaks about a base rate, and a test set hardly ever has it. A line goes whole into the bin in
 * which its weight begins, and lines of equal posterior stay together: parted by their order they would look like an error.
 */
export function reliability(forecasts: readonly Forecast[], prevalence?: number, bins = BINS): ReliabilityBin[] {
  const sorted = [...forecasts].sort((a, b) => a.posterior - b.posterior);
  const weigh = weights(sorted, prevalence);
  const total = sorted.reduce((sum, { isSpam }) => sum + weigh(isSpam), 0);
  const sums = Array.from({ length: bins }, () => ({ lines: 0, mass: 0, posterior: 0, spam: 0 }));
  let before = 0;
  let bin = sums[0];
  for (const [i, { posterior, isSpam }] of sorted.entries()) {
    const weight = weigh(isSpam);
    if (posterior !== sorted[i - 1]?.posterior) bin = sums[Math.min(bins - 1, Math.floor((bins * before) / total))];
    bin.lines++;
    bin.mass += weight;
    bin.posterior += weight * posterior;
    if (isSpam) bin.spam += weight;
    before += weight;
  }
  return sums
    .filter(({ mass }) => mass > 0)
    .map(({ lines, mass, posterior, spam }) => ({
      lines,
      mass: mass / total,
      meanPosterior: posterior / mass,
      spamShare: spam / mass,
    }));
}

/** Expected calibration error: the mean distance between what was said and what was true, 0 to 1. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  return bins.reduce((sum, { mass, meanPosterior, spamShare }) => sum + mass * Math.abs(meanPosterior - spamShare), 0);
}

function weights(forecasts: readonly Forecast[], prevalence: number | undefined): (isSpam: boolean) => number {
  const spam = forecasts.filter(({ isSpam }) => isSpam).length;
  const honest = forecasts.length - spam;
  if (prevalence === undefined || spam === 0 || honest === 0) return () => 1;
  return (isSpam) => (isSpam ? prevalence / spam : (1 - prevalence) / honest);
}
