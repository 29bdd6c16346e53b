import type { Observation } from './observation.ts';

/** What one rule did: lines, not hits. */
export interface RuleHits {
  readonly spam: number;
  readonly honest: number;
  /** spam / (spam + honest): how far a hit alone can be trusted. */
  readonly precision: number;
  /** Spam lines, and honest lines, with a span that would not be there without the rule. */
  readonly unique: number;
  readonly uniqueAlarms: number;
}

/** By rule, the one that hit most lines first; rules that never hit are not in it. */
export function ruleHits(lines: readonly Observation[]): Record<string, RuleHits> {
  const counts = new Map<string, { spam: number; honest: number; unique: number; uniqueAlarms: number }>();
  for (const { isSpam, rules } of lines) {
    for (const id of new Set(rules.map((rule) => rule.id))) {
      const row = counts.get(id) ?? { spam: 0, honest: 0, unique: 0, uniqueAlarms: 0 };
      counts.set(id, row);
      row[isSpam ? 'spam' : 'honest']++;
      if (rules.some((rule) => rule.id === id && rule.decisive)) row[isSpam ? 'unique' : 'uniqueAlarms']++;
    }
  }
  const rows = [...counts].sort(([, a], [, b]) => b.spam + b.honest - (a.spam + a.honest));
  return Object.fromEntries(rows.map(([id, row]) => [id, { ...row, precision: row.spam / (row.spam + row.honest) }]));
}
