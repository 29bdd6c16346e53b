import type { Scored } from '../src/evaluation/ranking.ts';
import type { Forecast } from '../src/evaluation/reliability.ts';
import type { Sieve } from '../src/sieve.ts';

/** What a sieve made of one line; of lines without a finding only how far they are from one. */
export interface JudgedLine extends Forecast, Scored {
  readonly action: 'pass' | 'review' | 'remove';
  readonly length: number;
}

export function judgeLine(sieve: Sieve, text: string, isSpam: boolean): JudgedLine {
  const { spans, lines } = sieve.check({ text, id: '' }, { lines: true });
  const line = (lines ?? []).reduce<{ logOdds: number; posterior: number } | null>(
    (best, one) => (best === null || rankOf(one) > rankOf(best) ? one : best),
    null,
  ) ?? { logOdds: -Infinity, posterior: 0 };
  return {
    isSpam,
    posterior: line.posterior,
    score: rankOf(line),
    action: spans.length === 0 ? 'pass' : spans.some((span) => span.action === 'remove') ? 'remove' : 'review',
    length: text.length,
  };
}

/**
 * What lines are ranked by. A line with a stretch that segmentation takes out (log-odds above 0) ranks by what policies decide on, its
 * posterior; every other line ranks below them, by its log-odds.
 */
export function rankOf({ logOdds, posterior }: { readonly logOdds: number; readonly posterior: number }): number {
  return logOdds > 0 ? 1 + posterior : 1 / (1 + Math.exp(-logOdds));
}

export function judgeLines(sieve: Sieve, lines: readonly string[], isSpam: boolean): JudgedLine[] {
  return lines.map((text) => judgeLine(sieve, text, isSpam));
}

/** Shares in percent of lines found (review counts) and removed. */
export function recall(lines: readonly JudgedLine[]): { lines: number; found: number; removed: number } {
  const share = (actions: readonly JudgedLine['action'][]): number =>
    percent(lines.filter(({ action }) => actions.includes(action)).length, lines.length);
  return { lines: lines.length, found: share(['review', 'remove']), removed: share(['remove']) };
}

export function percent(part: number, whole: number): number {
  return Number(((100 * part) / Math.max(1, whole)).toFixed(2));
}

export function per100k(part: number, whole: number): number {
  return Number(((100_000 * part) / Math.max(1, whole)).toFixed(2));
}
