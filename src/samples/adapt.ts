import { encodeChanged } from '../bayes/codec.ts';
import type { Counts } from '../bayes/counts.ts';
import { featureOdds } from '../bayes/fit.ts';
import type { LearnedCounts } from '../bayes/learned-counts.ts';
import { quantised, STEPS_PER_NAT, type Model } from '../bayes/model.ts';
import { exp } from '../bayes/portable-math.ts';
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
 * Bayes odds (`fit.ts`) of the base counts from which on the base holds a feature for a mark of spam, or at most of honest lines. Not its weights: most
 * of those of honest lines are nothing, and a thousand honest lines that one hand calls spam contradicted none of them.
 */
const MARKS = { legit: exp(-3), spam: exp(3) };

/**
 * The base model with samples learned: each weight moves by the difference of two Bayes log-odds (`bayes/shift.ts`). The same samples
 * give the same bytes whatever the order in which they came and the machine, and none gives the base model back. Some milliseconds.
 */
export async function adapt({ model, counts }: BaseModel, learned: LearnedCounts): Promise<AdaptedModel> {
  const markOf = (id: number): 'legit' | 'spam' | null => {
    const odds = featureOdds(counts, id);
    if (odds <= MARKS.legit) return 'legit';
    return odds >= MARKS.spam ? 'spam' : null;
  };
  return await encodeChanged(model, (weights) =>
    learned.forEach(markOf, (id, legit, spam) => {
      weights[id] = quantised(model.weights[id] / STEPS_PER_NAT + featureShift(counts, id, legit, spam));
    }),
  );
}
