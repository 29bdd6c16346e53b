import type { Sieve, Verdict } from '../index.ts';
import type { Novelty } from '../samples/novelty.ts';
import type { Doubtful } from '../samples/teaching.ts';
import type { Store } from '../store/store.ts';
import { withinBudget } from './text-budget.ts';
import type { InjectedSpan } from '../verdict/verdict.ts';

/** Verdicts of the log that are looked through for questions, and texts that passed. */
const LOOKED_AT = 500;
const PASSED_LOOKED_AT = 100;
/** Lines that passed are worth a question from this posterior on: one injected in a hundred such lines. */
const LEAST_POSTERIOR = 0.01;
/** Or where so much of their terms is unseen: 3 % of honest lines that were not counted (`npm run -s known-terms`), most of a new language. */
const LEAST_UNSEEN = 0.5;

/** Of the newest 5,000,000 characters of each kind: lines of a tenant's log that a person could be asked for: spans that were found, lines that passed and are near a finding or novel. */
export async function doubtfulLines(
  store: Store,
  tenant: string,
  sieve: Sieve,
  novelty: Novelty | null,
  now: number,
): Promise<Doubtful[]> {
  const unseenOf = (text: string): number => novelty?.shareOf(text) ?? 0;
  const doubtful: Doubtful[] = [];
  for await (const { id, input, text } of withinBudget(store.verdicts.recentHonest(tenant, PASSED_LOOKED_AT, now)))
    doubtful.push(...passedLines(id, text, sieve.check({ [input]: text }, { lines: true }), unseenOf));
  for await (const { id, text, spans } of withinBudget(flaggedTexts(store, tenant, now)))
    doubtful.push(...foundSpans(id, text, spans, unseenOf));
  return doubtful;
}

/** Of the log, newest first, each read when it is asked for; those of which text and spans were kept. */
async function* flaggedTexts(store: Store, tenant: string, now: number) {
  const { items } = await store.verdicts.list(tenant, { limit: LOOKED_AT }, now);
  for (const { id, verdict } of items) {
    if (verdict === 'pass') continue;
    const record = await store.verdicts.get(tenant, id, now);
    if (record?.text != null && record.spans !== null) yield { id, text: record.text, spans: record.spans };
  }
}

/** Lines of a text that passed which a label would say something of; of markup none, whose lines are not those of its source. */
function passedLines(
  id: string,
  text: string,
  { lines = [] }: Verdict,
  unseenOf: (text: string) => number,
): Doubtful[] {
  return lines.flatMap(({ n, start, end, posterior, logOdds }) => {
    const line = text.slice(start, end);
    const unseen = unseenOf(line);
    if (posterior < LEAST_POSTERIOR && unseen < LEAST_UNSEEN) return [];
    return [{ id: `${id}#line-${n}`, text: line, posterior, bayes: logOdds, rules: 0, unseen }];
  });
}

function foundSpans(
  id: string,
  text: string,
  spans: readonly Partial<InjectedSpan>[],
  unseenOf: (text: string) => number,
): Doubtful[] {
  return spans.flatMap(({ start, end, posterior, reasons }, at) => {
    if (start === undefined || end === undefined || posterior === undefined) return [];
    const sum = (isOf: (code: string) => boolean): number =>
      (reasons ?? []).reduce((total, { code, weight }) => total + (isOf(code) ? weight : 0), 0);
    const bayes = sum((code) => code === 'bayes' || code === 'samples');
    const rules = sum((code) => code.startsWith('rule:'));
    const found = text.slice(start, end);
    return [{ id: `${id}#${at}`, text: found, posterior, bayes, rules, unseen: unseenOf(found) }];
  });
}
