import type { Category } from '../rules/rule.ts';
import type { Span } from '../text/span.ts';
import type { Reason } from './verdict.ts';

/** An injected stretch before policy: where it stands in the text that was read, and what speaks for it. */
export interface Finding extends Span {
  /** 1-based line. */
  readonly line: number;
  readonly category: Category;
  /** Their weights add up to `logOdds`. */
  readonly reasons: readonly Reason[];
  readonly logOdds: number;
  /** Folded units: calibration looks at the length. */
  readonly units: number;
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
  };
}

/** Reasons without a place (`bayes`, `prior`, `list`, `hidden`) are summed; hits of rules stay one by one. */
export function mergeReasons(reasons: readonly Reason[]): Reason[] {
  const merged = new Map<string, Reason>();
  for (const reason of reasons) {
    const key = reason.start === undefined ? reason.code : `${reason.code}@${reason.start}-${reason.end}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? reason : { ...before, weight: before.weight + reason.weight });
  }
  return [...merged.values()];
}
