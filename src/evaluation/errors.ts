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

/** True category (`honest` for none) to found category (`pass` for none) to lines. */
export function categoryConfusion(lines: readonly Observation[]): Record<string, Record<string, number>> {
  const table: Record<string, Record<string, number>> = {};
  for (const { isSpam, category, action, foundCategory } of lines) {
    const row = (table[isSpam ? category : 'honest'] ??= {});
    const found = action === 'pass' ? 'pass' : foundCategory;
    row[found] = (row[found] ?? 0) + 1;
  }
  return table;
}

/** What one rule did: lines, not hits. */
export interface RuleHits {
  spam: number;
  honest: number;
  /** Lines with a span that would not be there without the rule. */
  decisive: number;
}

/** By rule, the one that hit most first. */
export function ruleHits(lines: readonly Observation[]): Record<string, RuleHits> {
  const table = new Map<string, RuleHits>();
  for (const { isSpam, rules } of lines) {
    for (const id of new Set(rules.map((rule) => rule.id))) {
      const row = table.get(id) ?? { spam: 0, honest: 0, decisive: 0 };
      table.set(id, row);
      row[isSpam ? 'spam' : 'honest']++;
      if (rules.some((rule) => rule.id === id && rule.decisive)) row.decisive++;
    }
  }
  return Object.fromEntries([...table].sort(([, a], [, b]) => b.spam + b.honest - (a.spam + a.honest)));
}
