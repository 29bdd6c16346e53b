import { RuleReader } from '../src/node/report/rule-reader.ts';
import { builtinRules } from '../src/rules/sets/index.ts';
import { per100k } from './eval-lines.ts';

const SHOWN = 25;

/** What the rules hit in lines of the corpora, whether or not anything was found there. */
export interface RuleFigures {
  /** Rules that hit no line at all. */
  readonly silent: number;
  /** Those with the most honest lines: `honest` of them in 100,000, `precision` with spam and honest lines weighed alike. */
  readonly loudest: readonly {
    readonly rule: string;
    readonly honestPer100k: number;
    readonly spamPer100k: number;
    readonly precision: number;
  }[];
}

export function ruleFigures(honest: Iterable<string>, spam: Iterable<string>): RuleFigures {
  const [inHonest, inSpam] = [count(honest), count(spam)];
  const rules = builtinRules.rules.map(({ id }) => {
    const honestPer100k = per100k(inHonest.hits.get(id) ?? 0, inHonest.lines);
    const spamPer100k = per100k(inSpam.hits.get(id) ?? 0, inSpam.lines);
    const precision = Number((spamPer100k / (spamPer100k + honestPer100k)).toFixed(4));
    return { rule: id, honestPer100k, spamPer100k, precision };
  });
  return {
    silent: rules.filter((rule) => rule.honestPer100k + rule.spamPer100k === 0).length,
    loudest: rules
      .filter(({ honestPer100k }) => honestPer100k > 0)
      .sort((a, b) => b.honestPer100k - a.honestPer100k)
      .slice(0, SHOWN),
  };
}

function count(texts: Iterable<string>): { lines: number; hits: Map<string, number> } {
  const reader = new RuleReader();
  const hits = new Map<string, number>();
  let lines = 0;
  for (const text of texts) {
    lines++;
    for (const id of reader.ids(text)) hits.set(id, (hits.get(id) ?? 0) + 1);
  }
  return { lines, hits };
}
