import { STEPS_PER_NAT } from '../bayes/model.ts';

/**
 * What every word unit says against spam before its n-grams speak, in steps of a weight, by class of unit
 * (`text/unit.ts`): text that the model has never seen leans to honest. Spaced letters come in longer runs, whose small
 * coincidences would add up. By judgment: heavier drift for them alone changed findings on tuning lines little (189 → 190).
 */
export const DRIFT_STEPS: readonly number[] = [0, 3, 1, 3];

/** The same in natural-log odds. */
export const DRIFT: readonly number[] = DRIFT_STEPS.map((steps) => steps / STEPS_PER_NAT);
