import type { Observation } from './observation.ts';
import { wilson, type Share } from './wilson.ts';

/** Lines that have something in common. Recall counts review as found. */
export interface Slice {
  readonly spam: number;
  readonly honest: number;
  readonly recall: Share;
  readonly removedSpam: Share;
  /** Honest lines that were sent to review or removed, and those that were removed. */
  readonly falseAlarms: Share;
  readonly removedHonest: Share;
}

export function slice(lines: readonly Observation[]): Slice {
  const spam = lines.filter(({ isSpam }) => isSpam);
  const honest = lines.filter(({ isSpam }) => !isSpam);
  const found = (group: readonly Observation[]): Share =>
    wilson(group.filter(({ action }) => action !== 'pass').length, group.length);
  const removed = (group: readonly Observation[]): Share =>
    wilson(group.filter(({ action }) => action === 'remove').length, group.length);
  return {
    spam: spam.length,
    honest: honest.length,
    recall: found(spam),
    removedSpam: removed(spam),
    falseAlarms: found(honest),
    removedHonest: removed(honest),
  };
}

/** One slice per value of `key`, in the order of the values' names. */
export function slicesBy(
  lines: readonly Observation[],
  key: (line: Observation) => string,
): Readonly<Record<string, Slice>> {
  const groups = [...Map.groupBy(lines, key)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(groups.map(([name, group]) => [name, slice(group)]));
}

/** Ranges of length in UTF-16 units: remnants, single phrases, sentences, lists, paragraphs. */
const LENGTHS = [8, 16, 32, 64] as const;

export function lengthBand({ text }: { readonly text: string }): string {
  const from = LENGTHS.findLastIndex((length) => text.length > length);
  const low = from < 0 ? 1 : LENGTHS[from] + 1;
  const high = LENGTHS[from + 1];
  return high === undefined ? `${low}+` : `${String(low).padStart(2, '0')}-${String(high).padStart(2, '0')}`;
}
