import type { Category } from '../rules/rule.ts';
import type { Span } from '../text/span.ts';
import type { Scored } from './calibrate.ts';
import type { Reason } from './verdict.ts';

/** An injected stretch before policy: where it stands in the text that was read, and what speaks for it. */
export interface Finding extends Span, Scored {
  /** 1-based line. */
  readonly line: number;
  readonly category: Category;
  /** Their weights add up to `logOdds`. */
  readonly reasons: readonly Reason[];
  readonly logOdds: number;
}

/** A finding with more evidence. */
export function withReasons(finding: Finding, more: readonly Reason[]): Finding {
  if (more.length === 0) return finding;
  const logOdds = more.reduce((sum, { weight }) => sum + weight, finding.logOdds);
  return { ...finding, reasons: [...finding.reasons, ...more], logOdds };
}

/** Two stretches of one injection as one: their evidence together, their reasons merged by code. */
export function joinFindings(a: Finding, b: Finding): Finding {
  const heavier = a.logOdds >= b.logOdds ? a : b;
  return {
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    line: Math.min(a.line, b.line),
    category: heavier.category,
    reasons: mergeReasons([...a.reasons, ...b.reasons]),
    logOdds: a.logOdds + b.logOdds,
    units: a.units + b.units,
    spaced: heavier.spaced,
  };
}

/** Reasons of the same code as one, at the place of the first: a span of any length has no more reasons than there are rules. */
export function mergeReasons(reasons: readonly Reason[]): Reason[] {
  const merged = new Map<string, Reason>();
  for (const reason of reasons) {
    const before = merged.get(reason.code);
    merged.set(reason.code, before === undefined ? reason : { ...before, weight: before.weight + reason.weight });
  }
  return [...merged.values()];
}
