import { SampleLine } from './sample-line.ts';

/** A line that a person could label, with what the filter made of it. */
export interface Doubtful {
  /** Where it stands: names it in the answer, and settles what is equally worth asking. */
  readonly id: string;
  readonly text: string;
  /** Calibrated P(spam), as the champion says. */
  readonly posterior: number;
  /** Evidence of the model and of the rules, natural-log odds. */
  readonly bayes: number;
  readonly rules: number;
  /** Share of its terms that the background does not hold, 0 to 1 (`novelty.ts`). */
  readonly unseen: number;
}

/** Why a line is asked for. */
export type Ground = 'uncertain' | 'rules-against-bayes' | 'repeated' | 'novel';

export interface Question extends Doubtful {
  /** What a label would teach, 0 to 4: the sum of the four grounds. */
  readonly value: number;
  readonly grounds: readonly Ground[];
  /** Lines like it, itself included: one label speaks for all of them. */
  readonly alike: number;
}

/** Natural-log odds at which rules or model are taken to have an opinion. */
const OPINION = 3;
/** A ground is named from this part of its full value on. */
const NAMED = 0.5;
/** Lines with as much of their n-grams in common, by Jaccard, are taken to be of one kind. */
const ALIKE = 0.5;
/** Nine in ten honest lines that were not counted have no greater share of unseen terms (`npm run -s known-terms`). */
const ORDINARY_UNSEEN = 0.25;
/** A filter that is surer than this, either way, has a kind of line settled: repetition alone is no reason to ask. */
const SETTLED = 0.98;

/**
 * The lines whose label would teach most: near the threshold, where rules and model disagree, of terms that the model was not made of, or
 * many alike of which the filter is not sure, as a new campaign is. Of lines alike only the best is asked for. Best first, at most `limit`;
 * the same lines give the same list in any order. O(lines · kinds of lines · length).
 */
export function questions(lines: readonly Doubtful[], limit: number): Question[] {
  const reader = new SampleLine();
  const doubts = lines.map((line) => ({ line, value: doubtOf(line) }));
  doubts.sort((a, b) => b.value - a.value || (a.line.id < b.line.id ? -1 : 1));
  const kinds: { readonly line: Doubtful; readonly features: ReadonlySet<number>; alike: number }[] = [];
  for (const { line } of doubts) {
    const features = featuresOf(reader, line.text);
    const kind = kinds.find((other) => overlap(features, other.features) >= ALIKE);
    if (kind === undefined) kinds.push({ line, features, alike: 1 });
    else kind.alike++;
  }
  const asked = kinds.map(({ line, alike }) => question(line, alike));
  asked.sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  return asked.slice(0, limit);
}

function question(line: Doubtful, alike: number): Question {
  const by: Record<Ground, number> = {
    uncertain: uncertainty(line),
    'rules-against-bayes': disagreement(line),
    repeated: Math.max(line.posterior, 1 - line.posterior) > SETTLED ? 0 : 1 - 1 / alike,
    novel: novelty(line),
  };
  const grounds = (Object.keys(by) as Ground[]).filter((ground) => by[ground] >= NAMED);
  return { ...line, value: doubtOf(line) + by.repeated, grounds, alike };
}

function doubtOf(line: Doubtful): number {
  return uncertainty(line) + disagreement(line) + novelty(line);
}

/** 1 where the posterior is even. */
function uncertainty({ posterior }: Doubtful): number {
  return 1 - Math.abs(2 * posterior - 1);
}

/** 1 where rules speak for spam and the model speaks as loudly against it. */
function disagreement({ bayes, rules }: Doubtful): number {
  return Math.min(1, Math.max(0, rules) / OPINION) * Math.min(1, Math.max(0, -bayes) / OPINION);
}

/** 1 where every term is one that the model was not made of, 0 where no more are than is ordinary. */
function novelty({ unseen }: Doubtful): number {
  return Math.max(0, (unseen - ORDINARY_UNSEEN) / (1 - ORDINARY_UNSEEN));
}

function featuresOf(reader: SampleLine, text: string): Set<number> {
  const features = new Set<number>();
  reader.forEach(text, (ids, length) => {
    for (let j = 0; j < length; j++) features.add(ids[j]);
  });
  return features;
}

function overlap(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0;
  for (const id of a) if (b.has(id)) shared++;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}
