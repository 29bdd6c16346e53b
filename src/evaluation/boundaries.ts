import type { DocumentOutcome, Range } from './observation.ts';
import { wilson, type Share } from './wilson.ts';

/** How well spans were cut out of documents; characters are UTF-16 units. */
export interface Boundaries {
  /** All spans found, each with both ends right, and nothing else. */
  readonly exact: Share;
  /** As many spans as there are, each end at most `NEAR` units off. */
  readonly near: Share;
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
  /** right / (right + wrong) and right / (right + missed); 1 where nothing was found, or nothing was there. */
  readonly precision: number;
  readonly recall: number;
}

/** A separator or a bracket more or less leaves a text that reads the same. */
export const NEAR = 3;

export function boundaries(outcomes: readonly DocumentOutcome[]): Boundaries {
  let [exact, near, right, found, truth] = [0, 0, 0, 0, 0];
  for (const outcome of outcomes) {
    if (agree(outcome, 0)) exact++;
    if (agree(outcome, NEAR)) near++;
    right += overlap(outcome.truth, outcome.found);
    found += lengthOf(outcome.found);
    truth += lengthOf(outcome.truth);
  }
  return {
    exact: wilson(exact, outcomes.length),
    near: wilson(near, outcomes.length),
    right,
    wrong: found - right,
    missed: truth - right,
    precision: found === 0 ? 1 : right / found,
    recall: truth === 0 ? 1 : right / truth,
  };
}

/** The same by joint, in the order in which joints first appear. */
export function boundariesByJoint(outcomes: readonly DocumentOutcome[]): Record<string, Boundaries> {
  const groups = Map.groupBy(outcomes, ({ joint }) => joint);
  return Object.fromEntries([...groups].map(([joint, group]) => [joint, boundaries(group)]));
}

function agree({ truth, found }: DocumentOutcome, slack: number): boolean {
  return (
    truth.length === found.length &&
    truth.every(
      ({ start, end }, i) => Math.abs(start - found[i].start) <= slack && Math.abs(end - found[i].end) <= slack,
    )
  );
}

/** Units in both; linear, because both are sorted. */
function overlap(left: readonly Range[], right: readonly Range[]): number {
  let [sum, i, j] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    sum += Math.max(0, Math.min(left[i].end, right[j].end) - Math.max(left[i].start, right[j].start));
    if (left[i].end < right[j].end) i++;
    else j++;
  }
  return sum;
}

function lengthOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
