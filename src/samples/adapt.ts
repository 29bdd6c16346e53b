import { digestOfModel, encodeModel } from '../bayes/codec.ts';
import type { Counts } from '../bayes/counts.ts';
import { featureLogOdds } from '../bayes/fit.ts';
import type { LearnedCounts } from '../bayes/learned-counts.ts';
import { quantised, STEPS_PER_NAT, type Model } from '../bayes/model.ts';
import { featureShift } from '../bayes/shift.ts';

/** A model and the counts that it was trained on: what samples are added to. */
export interface BaseModel {
  readonly model: Model;
  readonly counts: Counts;
}

/** A model with samples in it, and its file. */
export interface AdaptedModel {
  readonly model: Model;
  readonly bytes: Uint8Array;
}

/**
 * Bayes log-odds of the base counts from which on the base holds a feature for a mark of spam, or at most of honest lines. Not its weights: most
 * of those of honest lines are nothing, and a thousand honest lines that one hand calls spam contradicted none of them.
 */
const MARKS = { legit: -3, spam: 3 };

/**
 * The base model with samples learned: each weight moves by the difference of two Bayes log-odds (`bayes/shift.ts`). The same samples
 * give the same bytes whatever the order in which they came and the machine, and none gives the base model back. Some milliseconds.
 */
export async function adapt({ model, counts }: BaseModel, learned: LearnedCounts): Promise<AdaptedModel> {
  const weights = Int8Array.from(model.weights);
  const markOf = (id: number): 'legit' | 'spam' | null => {
    const logOdds = featureLogOdds(counts, id);
    if (logOdds <= MARKS.legit) return 'legit';
    return logOdds >= MARKS.spam ? 'spam' : null;
  };
  learned.forEach(markOf, (id, legit, spam) => {
    weights[id] = quantised(model.weights[id] / STEPS_PER_NAT + featureShift(counts, id, legit, spam));
  });
  const bytes = await encodeModel({ weights, categories: model.categories });
  return { model: { digest: digestOfModel(bytes), weights, categories: model.categories }, bytes };
}
