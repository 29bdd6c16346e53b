import type { Observation } from './observation.ts';

/** How many errors of each kind are listed: what a person reads in one sitting. */
export const WORST = 50;

export interface WorstErrors {
  /** Honest lines that were flagged, the surest mistake first. */
  readonly falseAlarms: readonly Observation[];
  /** Spam that was passed, the surest mistake first. */
  readonly missed: readonly Observation[];
}

export function worstErrors(lines: readonly Observation[], most = WORST): WorstErrors {
  const alarms = lines.filter(({ isSpam, action }) => !isSpam && action !== 'pass');
  const missed = lines.filter(({ isSpam, action }) => isSpam && action === 'pass');
  return {
    falseAlarms: alarms.sort((a, b) => b.posterior - a.posterior || b.score - a.score).slice(0, most),
    missed: missed.sort((a, b) => a.posterior - b.posterior || a.score - b.score).slice(0, most),
  };
}
