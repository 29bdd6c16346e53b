/** What a filter made of lines whose truth is known. */
export interface Confusion {
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

export function emptyConfusion(): Confusion {
  return { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
}

/** Counts one line. */
export function tally(confusion: Confusion, isSpam: boolean, found: boolean): void {
  if (isSpam) confusion[found ? 'truePositives' : 'falseNegatives']++;
  else confusion[found ? 'falsePositives' : 'trueNegatives']++;
}

/** Share of what was found that is spam; 1 where nothing was found. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return share(truePositives, truePositives + falsePositives);
}

/** Share of the spam that was found; 1 where there is none. */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return share(truePositives, truePositives + falseNegatives);
}

/** Harmonic mean of precision and recall (van Rijsbergen 1979). */
export function f1(confusion: Confusion): number {
  const [p, r] = [precision(confusion), recall(confusion)];
  return p + r === 0 ? 0 : (2 * p * r) / (p + r);
}

/** False positives per 100,000 honest lines. */
export function falsePositivesPer100k({ falsePositives, trueNegatives }: Confusion): number {
  const honest = falsePositives + trueNegatives;
  return honest === 0 ? 0 : (100_000 * falsePositives) / honest;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
